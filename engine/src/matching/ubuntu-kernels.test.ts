import { expect, test } from 'vitest';
import { trackedKernel } from './ubuntu-kernels.ts';

test.each([
  ['linux', 'linux'],
  ['linux-signed', 'linux'],
  ['linux-meta', 'linux'],
  ['linux-restricted-modules', 'linux'],
  ['linux-signed-hwe-6.5', 'linux-hwe-6.5'],
  ['linux-meta-aws-6.2', 'linux-aws-6.2'],
  ['linux-azure-fde-5.19', 'linux-azure-fde-5.19'],
  ['linux-lowlatency-hwe-6.2', 'linux-lowlatency-hwe-6.2'],
  ['linux-intel-iotg', 'linux-intel-iotg'],
  ['linux-xilinx-zynqmp', 'linux-xilinx-zynqmp'],
  ['linux-oem-6.1', 'linux-oem-6.1'],
  ['linux-firmware', null],
  ['linux-base', null],
  ['linux-atm', null],
  ['util-linux', null],
])('%s is tracked as %s', (source, tracked) => {
  expect(trackedKernel(source)).toBe(tracked);
});
