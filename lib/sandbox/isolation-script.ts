/**
 * Compares the pod's kernel with that of its node: they have to differ, whatever they are.
 *
 * It reads NODE_NAME and, in NODE_KERNELS, entries `node=kernel`. It is one line without the braces of shell
 * parameters, which Terraform reads as its own.
 */
export const ISOLATION_SCRIPT = [
  "kernel=$(uname -r); node=;",
  'if [ -z "$kernel" ]; then',
  'echo "FAILED: uname -r prints no kernel in this image: use an image with sh and uname"; exit 1; fi;',
  'for entry in $NODE_KERNELS; do case "$entry" in "$NODE_NAME="*) node=$entry;; esac; done;',
  'if [ -z "$node" ]; then',
  'echo "FAILED: node $NODE_NAME joined after the plan, so that its kernel is not known: deploy again"; exit 1; fi;',
  'if [ "$node" = "$NODE_NAME=$kernel" ]; then',
  'echo "FAILED: this pod runs on kernel $kernel, which is that of its node $NODE_NAME: it is not sandboxed"; exit 1; fi;',
  'echo "OK: this pod runs on kernel $kernel, its node has $node"',
].join(" ");
