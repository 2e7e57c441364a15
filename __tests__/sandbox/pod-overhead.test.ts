import { PodOverhead } from "../../lib";

test.each([
  ["128Mi", "16Mi"],
  ["129Mi", "32Mi"],
  ["512Mi", "128Mi"],
  ["1Gi", "128Mi"],
  ["1G", "128Mi"],
  ["1024Mi", "128Mi"],
  ["1073741825", "256Mi"],
  ["3Gi", "374Mi"],
  ["16Gi", "640Mi"],
  ["0.25Gi", "32Mi"],
  ["128Gi", "1Gi"],
])("pods of %s need %s on the host", (podMemory, overhead) => {
  expect(PodOverhead.ofPod(podMemory)).toBe(overhead);
});

test.each(["129Gi", "much"])("pods of %s have no known overhead", (podMemory) => {
  expect(() => PodOverhead.ofPod(podMemory)).toThrow(`no overhead is known for podMemory "${podMemory}"`);
});
