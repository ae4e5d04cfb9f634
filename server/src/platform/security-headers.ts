import type { RequestHandler } from 'express';

/** Where a page may connect: its own origin, and named, because older browsers do not count sockets as 'self'. */
const connectSources = (publicUrl: string): string => {
  const { protocol, host } = new URL(publicUrl);
  return `'self' ${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
};

/** Nothing inline, nothing from anywhere else, in no frame. */
export function contentSecurityPolicy(publicUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connectSources(publicUrl)}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Powers that no page here needs; web push and notifications could betray somebody on a lock screen. */
const DENIED_FEATURES = [
  'camera',
  'microphone',
  'geolocation',
  'notifications',
  'push',
  'payment',
  'usb',
  'serial',
  'hid',
  'midi',
  'accelerometer',
  'gyroscope',
  'magnetometer',
  'display-capture',
  'browsing-topics',
];

/** On every answer. Only files whose name carries their hash are cached; they overwrite Cache-Control. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(publicUrl),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex, nofollow',
    'X-DNS-Prefetch-Control': 'off',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    'Cache-Control': 'no-store',
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
  return (_req, res, next) => {
    res.set(headers);
    next();
  };
}
