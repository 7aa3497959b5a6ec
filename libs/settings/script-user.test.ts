import { describe, expect, it } from '@jest/globals';
import { BadValue } from './parsers.ts';
import { scriptUser } from './script-user.ts';

const passwd = () => 'root:x:0:0:root:/root:/bin/sh\nscripts:x:998:997::/var/lib/scripts:/usr/sbin/nologin\n';

describe('the user of scripts', () => {
  it('is a name of this machine, or numbers', () => {
    expect(scriptUser(0, passwd)('scripts')).toEqual({ uid: 998, gid: 997, home: '/var/lib/scripts' });
    expect(scriptUser(0, passwd)('1001:1002')).toEqual({ uid: 1001, gid: 1002, home: '/' });
  });

  it('may be the executor itself where that is not root', () => {
    expect(scriptUser(998, passwd)('scripts')).toMatchObject({ uid: 998 });
  });

  it.each(['root', '0:0', '0:1001', 'nobody-here', '1001', '-1:1', '4294967295:1', '', 'scripts:scripts'])(
    'is not %p',
    (value) => {
      expect(() => scriptUser(0, passwd)(value)).toThrow(BadValue);
    },
  );

  it('is nobody that the executor cannot become', () => {
    expect(() => scriptUser(1001, passwd)('scripts')).toThrow(BadValue);
  });
});
