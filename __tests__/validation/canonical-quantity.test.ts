import { canonicalQuantity } from "../../lib/validation/canonical-quantity";

/** As kube-apiserver 1.35 answers. */
test.each([
  ["0", "0"],
  ["0.5", "500m"],
  ["1000m", "1"],
  ["1500m", "1500m"],
  ["0.0001", "1m"],
  ["1500u", "2m"],
  [".5", "500m"],
  ["5.", "5"],
  ["1n", "1m"],
  ["+1", "1"],
  ["-0.5", "-500m"],
  ["1000", "1k"],
  ["1024", "1024"],
  ["1500M", "1500M"],
  ["2000M", "2G"],
  ["1024Mi", "1Gi"],
  ["0.25Gi", "256Mi"],
  ["1.5Gi", "1536Mi"],
  ["1536Mi", "1536Mi"],
  ["0.5Ki", "512"],
  ["1023Ki", "1023Ki"],
  ["0.3Gi", "322122547200m"],
  ["1e3", "1e3"],
  ["1E3", "1e3"],
  ["1e4", "10e3"],
  ["12e-1", "1200e-3"],
  ["1e1", "10"],
  ["2048Ei", "2048Ei"],
  ["20", "20"],
])("%s is %s", (quantity, canonical) => {
  expect(canonicalQuantity(quantity)).toBe(canonical);
  expect(canonicalQuantity(canonical)).toBe(canonical);
});

test.each(["", "many", "1GB", "1 Gi", ".", "1Ki2", "${var.memory}"])("%j is left as it is", (text) => {
  expect(canonicalQuantity(text)).toBe(text);
});
