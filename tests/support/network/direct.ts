import { DEFAULT_SETTINGS } from '../../../src-main/domain/settings.ts';
import { createNetwork, type NetworkPorts } from '../../../src-main/network/network.ts';

/** This machine's own connections, where nothing names a proxy but what the test does. */
export function newNetwork(ports: Partial<NetworkPorts> = {}) {
  return createNetwork({
    variables: {},
    extraCertificates: null,
    setting: () => DEFAULT_SETTINGS.proxy,
    password: () => Promise.resolve(null),
    system: () => Promise.resolve(null),
    ...ports,
  });
}

export const directNetwork = newNetwork();
