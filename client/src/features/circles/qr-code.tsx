import { useEffect, useState } from 'react';

interface Drawing {
  size: number;
  path: string;
}

/** Drawn here as an SVG path: the address inside never leaves this page. The library loads only when a code is shown. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);

  useEffect(() => {
    let isCurrent = true;
    void import('qrcode').then(({ default: qrcode }) => {
      if (isCurrent) setDrawing(draw(qrcode.create(text, { errorCorrectionLevel: 'M' }).modules));
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);

  if (drawing === null) return <div className="qr" aria-hidden="true" />;
  const whole = drawing.size + 8;
  return (
    <svg
      className="qr"
      viewBox={`-4 -4 ${whole} ${whole}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x="-4" y="-4" width={whole} height={whole} fill="#fff" />
      <path d={drawing.path} fill="#000" />
    </svg>
  );
}

function draw({ size, data }: { size: number; data: ArrayLike<number> }): Drawing {
  let path = '';
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if (data[y * size + x]) path += `M${x} ${y}h1v1h-1z`;
  return { size, path };
}
