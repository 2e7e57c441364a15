/** The other end of traffic that a sandboxed namespace may have. */
export class NetworkPeer {
  /** Addresses, as in `10.0.0.0/16`. Those of Azure's metadata services stay closed in all of them. */
  static cidr(cidr: string): NetworkPeer {
    return new NetworkPeer("cidr", cidr);
  }

  /** The pods of another namespace, by its name. */
  static namespace(name: string): NetworkPeer {
    return new NetworkPeer("namespace", name);
  }

  private constructor(
    /** @internal */
    readonly kind: "cidr" | "namespace",
    /** @internal */
    readonly value: string,
  ) {}
}
