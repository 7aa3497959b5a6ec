# Becomes a script: what a starter and a launcher have in common. It makes the system calls that Node cannot.
#
# It sets limits, gives up capabilities that it was handed (PR_CAP_AMBIENT_CLEAR_ALL), has the filter hold the mark,
# and becomes the script by execve itself: execvp would have /bin/sh run what the system cannot. A failed step is
# reported by its name and the error's number on a file that closes when the script begins, so that no script can
# forge it.
#
# When the process that asked for the script is gone by then, the script is not started: the executor, which looks for
# marked processes when its host is gone, has looked.

use strict;
my ($prlimit, $seccomp, $execve, $prctl, $filter, $fence, $host) = splice(@ARGV, 0, 7);
my ($notPermitted, $interrupted, $full) = (1, 4, 11);
my $status;

sub failed { my $code = $! + 0; syswrite($status, "$_[0] $code"); exit 127 }

# A Landlock domain. From within one no process outside can be traced, and the system asks for that right where memory
# or environment of a process is read in /proc. From version 6 on (Linux 6.12) it can also not be sent a signal. A
# domain has to restrict something: this one handles moving files between folders, which it allows everywhere, and
# which every other domain would refuse. Version 1 knows no such rule and is not used.
sub fence {
  my $version = syscall(444, 0, 0, 1);
  my ($move, $scoped) = (1 << 13, $version >= 6 ? 2 : 0);
  my $rules = pack('Q3', $move, 0, $scoped);
  my $ruleset = syscall(444, $rules, $scoped ? 24 : 8, 0);
  sysopen(my $root, '/', 0x200000) or return 0;
  my $rule = pack('Ql', $move, fileno($root));
  return $version > 1 && syscall(445, $ruleset, 1, $rule, 0) == 0 && syscall(446, $ruleset, 0) == 0;
}

sub become {
  my ($parent, $limits, $words, $variables) = @_;
  my $file = $words->[0];
  my ($arguments, $environment) = (pack('p*', @$words, undef), pack('p*', @$variables, undef));
  my $instructions = pack('H*', $filter);
  my $program = pack('S x6 P', length($instructions) / 8, $instructions);
  while (my ($resource, $limit) = splice(@$limits, 0, 2)) {
    my $both = pack('Q2', $limit, $limit);
    syscall($prlimit + 0, 0, $resource + 0, $both, 0) == 0 or failed('limits');
  }
  $prctl eq '' or syscall($prctl + 0, 47, 4, 0, 0, 0) == 0 or failed('capabilities');
  $filter eq '' or syscall($seccomp + 0, 1, 4, $program) == 0 or failed('filter');
  $fence eq '' or fence() or failed('fence');
  getppid() == $parent and (kill(0, $host) or $! == $notPermitted) or exit 127;
  syscall($execve + 0, $file, $arguments, $environment);
  failed('execve');
}
