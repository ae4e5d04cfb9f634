import { QR_MARGIN, type QrModules, qrPath, qrViewBox } from '@longtable/shared/qr/qr-path';
import { useEffect, useState } from 'react';
import './qr-code.css';

/** Drawn here as an SVG path: the address inside never leaves this page. The library loads only when a code is shown. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [modules, setModules] = useState<QrModules | null>(null);

  useEffect(() => {
    let isCurrent = true;
    void import('qrcode').then(({ default: qrcode }) => {
      if (isCurrent) setModules(qrcode.create(text, { errorCorrectionLevel: 'M' }).modules);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);

  if (modules === null) return <div className="qr" aria-hidden="true" />;
  const whole = modules.size + 2 * QR_MARGIN;
  return (
    <svg
      className="qr"
      viewBox={qrViewBox(modules)}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x={-QR_MARGIN} y={-QR_MARGIN} width={whole} height={whole} fill="#fff" />
      <path d={qrPath(modules)} fill="#000" />
    </svg>
  );
}
