// The way out for letters: an SMTP server, or without one a folder with a file for each. A letter has one name for good: written
// or sent again it is the same file, and the same Message-ID, by which a mail server knows it.

import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { syncFolder, writeSynced } from '../synced-file.ts';

export interface Outgoing {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where one press ends all of them (RFC 8058); none of what is sent once. */
  readonly offUrl?: string;
}

export interface Mailer {
  /** Whether letters stay in the outbox folder. */
  readonly isKept: boolean;
  /** `refused`: this address will never take it. Throws where it is weather. */
  send(letter: Outgoing): Promise<'sent' | 'kept' | 'refused'>;
  close(): void;
}

export interface MailerParts {
  readonly smtpUrl: string | null;
  readonly dataDir: string;
  readonly from: string;
  /** The origin that browsers use: its host names the letters. */
  readonly publicUrl: string;
}

const PATIENCE_MS = 20_000;

export const outboxFolder = (dataDir: string): string => join(dataDir, 'outbox');
export const outboxFile = (dataDir: string, id: string): string => join(outboxFolder(dataDir), `${id}.eml`);

export function createMailer(parts: MailerParts): Mailer {
  return parts.smtpUrl === null ? keepInFolder(parts) : sendBySmtp(parts, parts.smtpUrl);
}

function sendBySmtp(parts: MailerParts, url: string): Mailer {
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const transport = nodemailer.createTransport({ url, ...patience });
  return {
    isKept: false,
    send: async (letter) => {
      try {
        await transport.sendMail(messageOf(parts, letter));
        return 'sent';
      } catch (error) {
        if (isForGood(error)) return 'refused';
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

/** Of the recipient's address, said for good (5xx to RCPT); all else may pass. */
function isForGood(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500 && command === 'RCPT TO';
}

function keepInFolder(parts: MailerParts): Mailer {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const folder = outboxFolder(parts.dataDir);
  return {
    isKept: true,
    send: async (letter) => {
      const { message } = await transport.sendMail(messageOf(parts, letter));
      const file = outboxFile(parts.dataDir, letter.id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${file}.unfinished`;
      await rm(draft, { force: true });
      await writeSynced(draft, (message as Buffer).toString('utf8'));
      await rename(draft, file);
      await syncFolder(folder);
      return 'kept';
    },
    close: () => undefined,
  };
}

function messageOf({ from, publicUrl }: MailerParts, { id, to, subject, text, html, offUrl }: Outgoing) {
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    headers: {
      ...(offUrl !== undefined && {
        'List-Unsubscribe': `<${offUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
      // Nobody's out-of-office answers it.
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
