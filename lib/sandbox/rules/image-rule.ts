import { Rule } from "../../validation/check";

/** Host with a port or without, path, tag, digest. */
const IMAGE =
  /^([\w.-]+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@\w[\w+.-]*:[0-9a-fA-F]{32,})?$/;

/** Names of images that no node can pull. */
export const IMAGE_RULE: Rule<{ readonly image?: string }> = {
  when: ({ image }) => image !== undefined && !IMAGE.test(image),
  message: ({ image }) =>
    `image "${image}" is not the name of an image: write one such as mcr.microsoft.com/cbl-mariner/busybox:2.0`,
  source: "github.com/distribution/reference, reference.go",
};
