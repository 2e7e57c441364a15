import { App, TerraformVariable, Token } from "cdktf";
import { NetworkOpening, NetworkPeer, SandboxedNamespaceOptions, SandboxStack } from "../../lib";
import { cidrContains, CLOSED_ADDRESSES, isCidr, isIpv4InIpv6 } from "../../lib/cidr";
import { clusterIn, sandboxStack } from "../support/clusters";

function networkPolicy(options: SandboxedNamespaceOptions, name: string) {
  const { resource } = sandboxStack((sandbox) => {
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addNamespace("untrusted", options);
  });
  const policies = Object.values<{ metadata: { name: string }; spec: object }>(resource.kubernetes_network_policy_v1);
  return policies.find(({ metadata }) => metadata.name === name)?.spec;
}

test("openings never reach the closed addresses", () => {
  const egress = [
    { peer: NetworkPeer.cidr("0.0.0.0/0"), ports: [443] },
    { peer: NetworkPeer.cidr("10.0.0.0/16") },
    { peer: NetworkPeer.namespace("shared"), ports: [5432], protocol: "TCP" as const },
  ];
  expect(networkPolicy({ egress }, "egress")).toEqual({
    pod_selector: {},
    policy_types: ["Egress"],
    egress: [
      {
        to: [{ ip_block: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32", "168.63.129.16/32"] } }],
        ports: [{ port: "443", protocol: "TCP" }],
      },
      { to: [{ ip_block: { cidr: "10.0.0.0/16" } }] },
      {
        to: [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "shared" } } }],
        ports: [{ port: "5432", protocol: "TCP" }],
      },
    ],
  });
});

test("other namespaces are let in by name", () => {
  expect(
    networkPolicy({ ingress: [{ peer: NetworkPeer.namespace("gateway"), ports: [8080] }] }, "ingress"),
  ).toMatchObject({
    policy_types: ["Ingress"],
    ingress: [
      {
        from: [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "gateway" } } }],
        ports: [{ port: "8080", protocol: "TCP" }],
      },
    ],
  });
});

test.each([
  ["0.0.0.0/0", true],
  ["169.254.0.0/16", true],
  ["169.254.169.254/32", true],
  ["169.254.169.253/32", false],
  ["10.0.0.0/8", false],
  ["::/0", false],
])("%s contains the metadata service: %s", (cidr, contains) => {
  expect(isCidr(cidr)).toBe(true);
  expect(cidrContains(cidr, "169.254.169.254")).toBe(contains);
});

test.each(CLOSED_ADDRESSES)("$address is closed in every opening", ({ address }) => {
  const egress = [{ peer: NetworkPeer.cidr(`${address}/31`) }];
  expect(networkPolicy({ egress }, "egress")).toMatchObject({
    egress: [{ to: [{ ip_block: { except: [`${address}/32`] } }] }],
  });
  expect(networkPolicy({ ingress: egress }, "ingress")).toMatchObject({
    ingress: [{ from: [{ ip_block: { except: [`${address}/32`] } }] }],
  });
});

test.each([
  ["::ffff:10.0.0.0/104", true],
  ["::ffff:0:0/96", true],
  ["0:0:0:0:0:ffff:a9fe:a9fe/128", true],
  ["::/0", false],
  ["2001:db8::/32", false],
  ["10.0.0.0/8", false],
])("%s is IPv4 in IPv6: %s", (cidr, expected) => {
  expect(isIpv4InIpv6(cidr)).toBe(expected);
});

test("ports may be known only after apply", () => {
  const { resource } = sandboxStack((sandbox) => {
    const port = new TerraformVariable(sandbox, "port", { type: "number" }).numberValue;
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addNamespace("untrusted", { egress: [{ peer: NetworkPeer.cidr("10.0.0.0/8"), ports: [port, 443] }] });
  });
  expect(JSON.stringify(resource.kubernetes_network_policy_v1)).toContain(
    '"ports":[{"port":"${var.port}","protocol":"TCP"},{"port":"443","protocol":"TCP"}]',
  );
});

test("a CIDR that begins inside its block is warned of", () => {
  const warningsFor = (cidr: string) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    const { node } = sandbox.addNamespace("untrusted", { egress: [{ peer: NetworkPeer.cidr(cidr) }] });
    return node.metadata.map(({ data }) => data);
  };
  const message = expect.stringContaining("does not begin with its first address");
  expect(warningsFor("10.0.129.5/17")).toContain(
    '"10.0.129.5/17" does not begin with its first address: write 10.0.128.0/17',
  );
  for (const cidr of ["10.0.128.0/17", "10.0.129.5/32", "0.0.0.0/0", "fd00::1/64"])
    expect(warningsFor(cidr)).not.toContainEqual(message);
});

describe("an opening is refused", () => {
  const peer = NetworkPeer.cidr("10.0.0.0/8");

  test.each<[string, NetworkOpening, string]>([
    ["a peer", peer as never, "egress has a NetworkPeer in place of an opening: write { peer: … } [sandbox/"],
    ["bad CIDR", { peer: NetworkPeer.cidr("10.0.0.0") }, '"10.0.0.0" is not a CIDR: write one such as 10.0.0.0/16'],
    ["CIDR with a long prefix", { peer: NetworkPeer.cidr("10.0.0.0/33") }, '"10.0.0.0/33" is not a CIDR'],
    ["CIDR with a zone", { peer: NetworkPeer.cidr("fe80::1%eth0/64") }, '"fe80::1%eth0/64" is not a CIDR'],
    [
      "metadata service",
      { peer: NetworkPeer.cidr("169.254.169.254/32") },
      '"169.254.169.254/32" is the instance metadata service, which gives away the node\'s identity: leave it closed',
    ],
    [
      "WireServer",
      { peer: NetworkPeer.cidr("168.63.129.16/32") },
      "\"168.63.129.16/32\" is Azure's WireServer, which gives away the node's configuration: leave it closed",
    ],
    [
      "IPv4 in IPv6",
      { peer: NetworkPeer.cidr("::ffff:169.254.169.254/128") },
      '"::ffff:169.254.169.254/128" is IPv4 in IPv6, from which no address can be excepted: write it as IPv4',
    ],
    [
      "CIDR known only after apply",
      { peer: NetworkPeer.cidr("${var.cidr}") },
      "egress.cidr is a string that is known after apply: write a plain CIDR such as 10.0.0.0/16, so that closed addresses are excepted from it",
    ],
    [
      "malformed namespace",
      { peer: NetworkPeer.namespace("A") },
      'namespace "A" of an opening is not a valid name: write the name of a namespace',
    ],
    ["bad port", { peer, ports: [0] }, "ports 0 are out of range: use whole numbers from 1 to 65535"],
    ["no port", { peer, ports: [] }, "egress.ports is empty, which opens all ports: write ports or leave them out"],
    [
      "ports known only after apply",
      { peer, ports: Token.asNumberList("${var.ports}") },
      "egress.ports is a list that is known after apply: write a list of ports",
    ],
    [
      "protocol without ports",
      { peer, protocol: "UDP" },
      'egress.protocol "UDP" has no ports, and without them all protocols are open: add ports',
    ],
    [
      "unknown protocol",
      { peer, ports: [53], protocol: "udp" as never },
      'egress.protocol "udp" is not known: write TCP, UDP or SCTP',
    ],
    ["no peer", {} as never, "egress.peer is missing (got undefined): write NetworkPeer.cidr or NetworkPeer.namespace"],
    [
      "peer that is none",
      { peer: { kind: "cidr", value: "0.0.0.0/0" } as never },
      "egress.peer is no NetworkPeer: write NetworkPeer.cidr or NetworkPeer.namespace",
    ],
    ["unknown prop", { peer, port: 1 } as never, 'prop "port" is not known in egress: did you mean ports?'],
  ])("%s", (_, opening, message) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    expect(() => sandbox.addNamespace("untrusted", { egress: [opening] })).toThrow(`${message}`);
  });
});
