/** The secret of one served lab: in the address that is printed, afterwards in a cookie that no script can read. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that does not depend on where the texts differ. */
export function isToken(given: string | null | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Cookies know no ports, so the port is in the name: two served labs do not take each other's. */
export function cookieName(port: number): string {
  return `auxlab_${port}`;
}

export function setCookie(port: number, token: string): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;
}

/** The value of a cookie in a Cookie header; null when it is not there. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
