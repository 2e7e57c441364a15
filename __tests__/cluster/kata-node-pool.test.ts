import { kataPoolOf } from "../support/mistakes";

const pool = () => kataPoolOf({ nodeLabels: { team: "a" } });

test.each([
  [
    "a b",
    "c",
    'node label "a b" is not valid: use up to 63 letters, digits, hyphens, underscores and dots with a letter or digit at both ends, after a prefix such as example.com/ or without [cluster/aks/kata]',
  ],
  ["a", 1, 'value of node label "a" is the number 1: write a string [cluster/aks/kata]'],
  ["team", "b", 'node label "team" is "a" already: write another label [cluster/aks/kata]'],
])("label %s with value %s is refused", (key, value, message) => {
  expect(() => pool().addNodeLabel(key, value as string)).toThrow(message);
});

test("a label is added to those that are there, and once", () => {
  const { resource } = ((kata) => {
    kata.addNodeLabel("team", "a");
    kata.addNodeLabel("size", "${var.size}");
    return kata;
  })(pool());
  expect(resource.nodeLabelsInput).toEqual({ team: "a", size: "${var.size}" });
});
