/** Where it is kept, until it was read, what a device that was set up again has lost: a count. */
export const lossKey = (membershipId: string): string => `interlude.loss.${membershipId}`;
