import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { installPage, type TestPage } from '../testing/page.ts';
import { onDeviceReturn } from './device-return.ts';

describe('a device that returns', () => {
  let page: TestPage;
  let back: jest.Mock;
  let stop: () => void;
  beforeEach(() => {
    page = installPage();
    back = jest.fn();
    stop = onDeviceReturn(back as () => void);
  });
  afterEach(() => page.remove());

  it('is noticed once when it was out of the network, and not where it was in it all the time', () => {
    page.go('online');
    expect(back).not.toHaveBeenCalled();
    page.go('offline');
    page.go('online');
    page.go('online');
    expect(back).toHaveBeenCalledTimes(1);
  });

  it('is noticed once when its page was not looked at, and not where it was', () => {
    page.look(true);
    expect(back).not.toHaveBeenCalled();
    page.look(false);
    expect(back).not.toHaveBeenCalled();
    page.look(true);
    expect(back).toHaveBeenCalledTimes(1);
  });

  it('is nobody\u2019s business once that was said', () => {
    page.look(false);
    page.go('offline');
    stop();
    page.look(true);
    page.go('online');
    expect(back).not.toHaveBeenCalled();
  });
});
