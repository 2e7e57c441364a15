import type { Rule } from "../../validation/rule";

interface Tagged {
  readonly tags?: { readonly [name: string]: string };
}

const TAGS = "learn.microsoft.com/azure/azure-resource-manager/management/tag-resources, limitations";

const MOST_TAGS = 50;
const LONGEST_NAME = 512;
const LONGEST_VALUE = 256;

/** Tags that azurerm or Azure refuses. */
export const TAG_RULES: readonly Rule<Tagged>[] = [
  {
    when: ({ tags = {} }) => Object.keys(tags).length > MOST_TAGS,
    message: ({ tags = {} }) => `tags are ${Object.keys(tags).length}: write ${MOST_TAGS} at most`,
    source: TAGS,
  },
  {
    when: ({ tags = {} }) => Object.keys(tags).some((name) => name.length > LONGEST_NAME),
    message: ({ tags = {} }) =>
      `tag "${Object.keys(tags).find((name) => name.length > LONGEST_NAME)}" is too long: use at most ${LONGEST_NAME} characters`,
    source: TAGS,
  },
  {
    when: ({ tags = {} }) => wrongName(tags) !== undefined,
    message: ({ tags = {} }) =>
      `tag "${wrongName(tags)}" has a character that Azure refuses in names: use none of < > % & \\ ? /`,
    source: TAGS,
    warns: true,
  },
  {
    when: ({ tags = {} }) => Object.keys(tags).some((name) => tags[name].length > LONGEST_VALUE),
    message: ({ tags = {} }) =>
      `the value of tag "${Object.keys(tags).find((name) => tags[name].length > LONGEST_VALUE)}" is too long: use at most ${LONGEST_VALUE} characters`,
    source: TAGS,
  },
];

/** A name with an expression in it is known after apply. */
function wrongName(tags: NonNullable<Tagged["tags"]>): string | undefined {
  return Object.keys(tags).find((name) => !name.includes("${") && /[<>%&\\?/]/.test(name));
}
