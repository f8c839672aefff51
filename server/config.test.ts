import { describe, expect, it } from 'vitest';
import { publicUrlOf, readConfig } from './config.ts';
import { StartError } from './start-error.ts';

function complaintOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
}

describe('readConfig', () => {
  it('needs nothing', () => {
    const config = readConfig({ PORT: '', DATABASE_URL: ' ' });
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, databaseUrl: null, secretKey: null, vapid: null });
    expect(config.dataDir).toMatch(/^\/.*\/data$/);
    expect(publicUrlOf(config, config.port)).toBe('http://localhost:8080');
  });

  it('takes what is right', () => {
    const config = readConfig({
      PORT: '0',
      PUBLIC_URL: 'https://care.example/',
      DATABASE_URL: 'postgres://user:pw@db:5432/care',
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      VAPID_PUBLIC_KEY: Buffer.alloc(65, 4).toString('base64url'),
      VAPID_PRIVATE_KEY: Buffer.alloc(32, 4).toString('base64url'),
      VAPID_SUBJECT: 'mailto:it@care.example',
    });
    expect(config).toMatchObject({
      port: 0,
      publicUrl: 'https://care.example',
      databaseUrl: 'postgres://user:pw@db:5432/care',
    });
    expect(config.secretKey).toEqual(new Uint8Array(32).fill(7));
    expect(config.vapid?.subject).toBe('mailto:it@care.example');
  });

  it('names every wrong setting at once, and repeats no value', () => {
    const wrong = {
      PORT: '70000',
      HOST: 'not a host',
      PUBLIC_URL: 'care.example/app',
      DATABASE_URL: 'mysql://root:hunter2@db',
      SECRET_KEY: 'c2hvcnQ',
      SMTP_URL: 'ftp://hunter2',
      STRIPE_SECRET_KEY: 'hunter2',
      S3_URL: 'hunter2',
      VAPID_PUBLIC_KEY: 'hunter2',
    };
    const complaint = complaintOf(wrong);
    for (const name of Object.keys(wrong)) expect(complaint).toMatch(new RegExp(`^  ${name}: expected `, 'm'));
    for (const value of Object.values(wrong)) expect(complaint).not.toContain(value);
    expect(complaint).not.toContain('hunter2');
  });

  it('wants the parts of VAPID together', () => {
    const complaint = complaintOf({ VAPID_SUBJECT: 'mailto:it@care.example' });
    expect(complaint).toContain('VAPID_PUBLIC_KEY');
    expect(complaint).toContain('VAPID_PRIVATE_KEY');
  });
});
