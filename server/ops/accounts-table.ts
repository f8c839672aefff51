// The demo accounts as they are printed.

/** One line per account under the password of all. */
export function accountsTable({
  accounts,
  password,
}: {
  accounts: readonly { readonly email: string; readonly who: string }[];
  password: string;
}): string {
  const width = Math.max(...accounts.map(({ email }) => email.length));
  const lines = accounts.map(({ email, who }) => `  ${email.padEnd(width)}  ${who}`);
  return `Accounts (password of all: ${password})\n${lines.join('\n')}\n`;
}
