# Stays up, and starts one script after the other: a copy of a process as small as this one, which has its program
# ready, costs a fraction of what it takes Node to start Perl. It reads orders and reports their results in messages:
# a length of four bytes, and fields that have one each.
#
# An order is `run`, or the name of a signal for what runs. What a script writes is kept to a limit and otherwise read
# away. When it has exited and others hold its pipes open, `exited` asks the host to look for them; they are listened
# to for ten looks more, which is a quarter of a second at most. When the host is gone it ends what runs, and itself.
#
# Each wait ends after a second: a signal that comes just before one begins does not end it.

my ($setsid, $setgroups, $setgid, $setuid, $uid, $gid, $kept) = @ARGV;
my ($launcher, $child) = ($$, 0);
$SIG{PIPE} = 'IGNORE';
pipe(my $ended, my $end) or exit 127;
$SIG{CHLD} = sub { syswrite($end, '.') };

sub signal { my ($signal) = @_; $child and (kill($signal, -$child) or kill($signal, $child)) }
sub leave { signal('KILL'); exit }

sub piece {
  my ($length) = @_;
  my $piece = '';
  while (length($piece) < $length) {
    my $count = sysread(STDIN, $piece, $length - length($piece), length($piece));
    $count or !defined $count && $! == $interrupted or leave();
  }
  return $piece;
}

sub order { return unpack('(N/a*)*', piece(unpack('N', piece(4)))) }

sub report {
  my $message = pack('N/a*', pack('(N/a*)*', @_));
  while ($message ne '') {
    my $count = syswrite(STDOUT, $message);
    $count or !defined $count && $! == $interrupted or leave();
    substr($message, 0, $count // 0) = '';
  }
}

sub keep {
  my ($output) = @_;
  my $count = sysread($output->{pipe}, my $piece, 65536);
  return if !defined $count && $! == $interrupted;
  if (!$count) { undef $output->{pipe}; return }
  $output->{text} .= $piece if length($output->{text}) < $kept;
  $output->{length} += $count;
}

sub start {
  my ($folder, $limits, $words, $variables, $input, $output, $errors) = @_;
  $SIG{$_} = 'DEFAULT' for 'PIPE', 'CHLD';
  syscall($setsid + 0);
  open(STDIN, '<&', $input) and open(STDOUT, '>&', $output) and open(STDERR, '>&', $errors) and chdir $folder
    or failed('spawn');
  $uid eq '' or syscall($setgroups + 0, 0, 0) == 0 and syscall($setgid + 0, $gid + 0) == 0
    and syscall($setuid + 0, $uid + 0) == 0 or failed('spawn');
  become($launcher, $limits, $words, $variables);
}

sub run {
  my ($folder, $event, $limits, @rest) = @_;
  my @limits = splice(@rest, 0, 2 * $limits);
  my $words = shift @rest;
  my @words = splice(@rest, 0, $words);
  pipe(my $input, my $feed) and pipe(my $fromOutput, my $output) and pipe(my $fromErrors, my $errors)
    and pipe(my $told, $status) and defined(my $forked = fork)
    or return report('ended', 0, 0, '', 0, '', 0, 'spawn ' . ($! + 0));
  start($folder, \@limits, \@words, \@rest, $input, $output, $errors) if $forked == 0;
  $child = $forked;
  close $_ for $input, $output, $errors, $status;
  fcntl($feed, 4, 2048);
  my @outputs = map +{ pipe => $_, text => '', length => 0 }, $fromOutput, $fromErrors;
  my ($exit, $asked, $looks) = (undef, 0, 10);
  while (!defined $exit || $looks && grep { $_->{pipe} } @outputs) {
    if ($feed) {
      my $count = syswrite($feed, $event);
      substr($event, 0, $count // 0) = '';
      undef $feed if $event eq '' || !defined $count && $! != $full && $! != $interrupted;
    }
    my ($readable, $writable) = ('', '');
    vec($readable, fileno($_), 1) = 1 for \*STDIN, $ended, map { $_->{pipe} // () } @outputs;
    vec($writable, fileno($feed), 1) = 1 if $feed;
    my $found = select($readable, $writable, undef, !defined $exit ? 1 : $asked ? 0.025 : 0);
    $looks-- if defined $exit;
    next if $found < 0;
    report('exited', $child) if $found == 0 && defined $exit && !$asked++;
    for (@outputs) { keep($_) if $_->{pipe} && vec($readable, fileno($_->{pipe}), 1) }
    if (vec($readable, fileno($ended), 1)) {
      sysread($ended, my $signals, 4096);
      if (waitpid($child, 1) == $child) { $exit = $?; signal('KILL') }
    }
    signal(order()) if vec($readable, fileno(STDIN), 1);
  }
  sysread($told, my $failure, 64);
  report('ended', $child, $exit, (map { (substr($_->{text}, 0, $kept), $_->{length}) } @outputs), $failure);
  $child = 0;
}

while (1) {
  my ($order, @fields) = order();
  run(@fields) if $order eq 'run';
}
