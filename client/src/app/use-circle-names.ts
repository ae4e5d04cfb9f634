import type { CircleId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { useCallback } from 'react';
import { circleName } from '../features/circles/circle-name.ts';
import { useText } from '../lib/use-text.ts';

/** The name that a circle has outside. */
export function useCircleNames({ circles }: Pick<Table, 'circles'>): (circle: CircleId) => string {
  const t = useText();
  return useCallback(
    (id) => {
      const circle = circles.find((each) => each.id === id);
      return circle ? circleName(t, circle) : '';
    },
    [t, circles],
  );
}
