// The acts of a made-up provider, for tests and the seed.

export interface ProtectionSampleAct {
  readonly name: 'protection.setProtection';
  readonly args: {
    readonly by: string;
    readonly at: string;
    readonly zone: string;
    readonly id: string;
    readonly client: string;
    readonly reason: string;
  };
}

export function protectionSample(of: { id: string; client: string; by: string; at: string }): ProtectionSampleAct {
  const reason =
    'Weighs and counts several times a day. Agreed at intake to leave numbers out of what we look at together.';
  return { name: 'protection.setProtection', args: { ...of, zone: 'America/New_York', reason } };
}
