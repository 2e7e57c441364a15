/** The memory limit of a container; none if it is undefined. */
export type Memory = string | number | undefined;

export const SIDECAR = { restartPolicy: "Always" };

/** A container as the API server hands it to admission. */
export function container(memory: Memory, more: object = {}): object {
  const limits = { memory };
  return { name: "c", ...(memory !== undefined && { resources: { limits, requests: limits } }), ...more };
}

/** A pod of a class, with a container for each memory limit. */
export function pod(runtimeClassName: string | undefined, memory: readonly Memory[], more: object = {}): object {
  return {
    metadata: {},
    spec: {
      ...(runtimeClassName && { runtimeClassName }),
      containers: memory.map((limit, i) => container(limit, { name: `c${i}` })),
      ...more,
    },
  };
}

/** Init containers of these names, with memory limits; those in capitals are sidecars. */
export function initContainers(memory: { readonly [name: string]: string }): object[] {
  return Object.entries(memory).map(([name, limit]) =>
    container(limit, { name, ...(name === name.toUpperCase() && SIDECAR) }),
  );
}

/** A good pod with one volume. */
export function podWithVolume(volume: object): object {
  return pod("kata-small", ["1Gi"], { volumes: [{ name: "v", ...volume }] });
}
