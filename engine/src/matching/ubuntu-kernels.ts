/**
 * Words that part kernels of Ubuntu from other source packages that begin with `linux-`: for whom a kernel is built
 * (`linux-aws`), and for which hardware. Source packages of Ubuntu 22.04 and 24.04, https://ubuntu.com/kernel/variants and
 * https://packages.ubuntu.com, 2026-11-24.
 */
const flavours = [
  ...['allwinner', 'aws', 'azure', 'bluefield', 'fips', 'gcp', 'gke', 'gkeop', 'hwe', 'ibm', 'intel', 'iot', 'kvm'],
  ...['laptop', 'lowlatency', 'nvidia', 'oem', 'oracle', 'raspi', 'realtime', 'riscv', 'starfive', 'xilinx'],
];
const flavour = `(?:-(?:${flavours.join('|')})(?:-[a-z]+)*)?`;
const series = String.raw`(?:-\d+\.\d+)?`;

/** Signed images, and packages that only name the newest or add drivers, are built beside the kernel from other sources. */
const beside = '(?:-signed|-meta|-restricted-modules|-restricted-signatures)?';
const kernelSource = new RegExp(`^linux${beside}(?<tracked>${flavour}${series})$`);

/** `linux-signed-hwe-6.5` → `linux-hwe-6.5`, by which Ubuntu's tracker knows it; null for what is no kernel. */
export function trackedKernel(sourcePackage: string): string | null {
  const tracked = kernelSource.exec(sourcePackage)?.groups?.tracked;
  return tracked === undefined ? null : `linux${tracked}`;
}
