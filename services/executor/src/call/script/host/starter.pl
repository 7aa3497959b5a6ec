# Becomes one program, which its arguments name. The names of the environment have a character before them until then:
# no variable means anything to Perl, and a process that does not have its mark yet is not known by its environment,
# as of the same execution elsewhere.
#
# File 3 says that it could not become the program, which does not inherit it. File 4 becomes its standard input: Node
# reads from it as well, and so hears of its end.

open($status, '>&=', 3) or exit 127;
fcntl($status, 2, 1);
open(my $input, '<&=', 4) or exit 127;
fcntl($input, 2, 1) and open(STDIN, '<&', $input) or exit 127;
my ($count, @words) = @ARGV;
my @limits = splice(@words, 0, 2 * $count);
become($host, \@limits, \@words, [map { substr($_, 1) . "=$ENV{$_}" } keys %ENV]);
