import { describe, expect, it } from '@jest/globals';
import { BadValue } from './parsers.ts';
import { ownUser, scriptUser } from './script-user.ts';

const passwd = () => 'root:x:0:0:root:/root:/bin/sh\nscripts:x:998:997::/var/lib/scripts:/usr/sbin/nologin\n';

const able = { uid: 0, changesUser: true };
const unable = (uid: number) => ({ uid, changesUser: false });

describe('the user of scripts', () => {
  it('is a name of this machine, or numbers', () => {
    expect(scriptUser(able, passwd)('scripts')).toEqual({ uid: 998, gid: 997, home: '/var/lib/scripts' });
    expect(scriptUser(able, passwd)('1001:1002')).toEqual({ uid: 1001, gid: 1002, home: '/' });
  });

  it('may be the executor itself where that is not root', () => {
    expect(scriptUser(unable(998), passwd)('scripts')).toMatchObject({ uid: 998 });
  });

  it.each(['root', '0:0', '0:1001', 'nobody-here', '1001', '-1:1', '4294967295:1', '', 'scripts:scripts'])(
    'is not %p',
    (value) => {
      expect(() => scriptUser(able, passwd)(value)).toThrow(BadValue);
    },
  );

  it('is nobody that the executor cannot become', () => {
    expect(() => scriptUser(unable(1001), passwd)('scripts')).toThrow(BadValue);
  });
});

describe('who can run scripts as another user', () => {
  const status = (effective: string) => `Name:\tnode\nCapPrm:\tffffffffffffffff\nCapEff:\t${effective}\n`;

  it('is any user with the capabilities SETUID, SETGID and KILL', () => {
    expect(ownUser(10_001, status('00000000000000e0')).changesUser).toBe(true);
    expect(ownUser(0, status('000001ffffffffff')).changesUser).toBe(true);
  });

  it.each(['0000000000000000', '00000000000000c0', '00000000000000a0', '0000000000000060'])(
    'is not root with the capabilities %s',
    (effective) => {
      expect(ownUser(0, status(effective)).changesUser).toBe(false);
    },
  );

  it('is root where the system has no capabilities', () => {
    expect(ownUser(0, '').changesUser).toBe(true);
    expect(ownUser(10_001, '').changesUser).toBe(false);
  });
});
