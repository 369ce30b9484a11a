/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(ruby_knows_heredocs_percent_literals_and_symbols)
{
	ck_tokens("ruby", "x = <<~EOS + 'y'\n"
			"  a #{b}\n"
			"  EOS\n"
			"z = 1",
		"x = <s:<<~EOS> + <s:'y'>\n"
		"<s:  a ><se:#{>b<se:}><s:\n"
		"  EOS>\n"
		"z = <n:1>");
	ck_tokens("ruby", "a = %w[b c] + %q(d (e) f) + %(g #{h})",
		"a = <s:%w[b c]> + <s:%q(d (e) f)> + <s:%(g ><se:#{>h<se:}><s:)>");
	ck_tokens("ruby", "def self.run!(a:, b: :sym) = @x ||= nil",
		"<k:def> <v:self>.<f:run!>(a:, <g:b>: <m::sym>) = <v:@x> ||= <m:nil>");
	ck_tokens("ruby", "x =~ /a#{b}\\/c/i; y = a / b / c",
		"x =~ <s:/a><se:#{>b<se:}\\/><s:c/>i; y = a / b / c");
	ck_tokens("ruby", "class A < B\n"
			"=begin\n"
			"text\n"
			"=end\n"
			"end",
		"<k:class> <t:A> < <t:B>\n"
		"<c:=begin\n"
		"text\n"
		"=end>\n"
		"<k:end>");
	ck_tokens("ruby", "a, b = <<A, <<B\n"
			"1\n"
			"A\n"
			"2\n"
			"B\n"
			"puts a",
		"a, b = <s:<<A>, <s:<<B>\n"
		"<s:1\n"
		"A>\n"
		"<s:2\n"
		"B>\n"
		"<f:puts> a");
}
END_TEST

START_TEST(elixir_knows_sigils_atoms_and_modules)
{
	ck_tokens("elixir", "defmodule A.B do\n"
			"  @doc \"x\"\n"
			"  def f(x), do: {:ok, x}\n"
			"end",
		"<k:defmodule> A.<t:B> <k:do>\n"
		"  <p:@doc> <s:\"x\">\n"
		"  <k:def> <f:f>(x), <k:do>: {<m::ok>, x}\n"
		"<k:end>");
	ck_tokens("elixir", "Regex.run(~r/a#{b}/i, \"c #{d}\") # e",
		"<t:Regex>.<f:run>(<s:~r/a><se:#{>b<se:}><s:/>i, <s:\"c ><se:#{>d<se:}><s:\">) <c:# e>");
}
END_TEST

START_TEST(perl_knows_quote_words_and_variables)
{
	ck_tokens("perl", "my @a = qw(a b); my $s = q{a {b} c}; $h{s} = 1;",
		"<k:my> <v:@a> = <s:qw(a b)>; <k:my> <v:$s> = <s:q{a {b} c}>; <v:$h>{s} = <n:1>;");
	ck_tokens("perl", "$x =~ s/a\\/b/c/g; y/a-z/A-Z/; $s{y}",
		"<v:$x> =~ <s:s/a\\/b/c/g>; <s:y/a-z/A-Z/>; <v:$s>{y}");
	ck_tokens("perl", "$x =~ /a # b\n"
			"  c/x; $y = $a / $b;",
		"<v:$x> =~ <s:/a # b\n"
		"  c/x>; <v:$y> = <v:$a> / <v:$b>;");
	ck_tokens("perl", "print <<\"EOT\", \"b $c @d\";\n"
			"a $x\n"
			"EOT\n"
			"$y = 1; # c",
		"<f:print> <s:<<\"EOT\">, <s:\"b ><v:$c><s: ><v:@d><s:\">;\n"
		"<s:a ><v:$x><s:\n"
		"EOT>\n"
		"<v:$y> = <n:1>; <c:# c>");
	ck_tokens("perl", "sub f { my ($self, %h) = @_; return $#{$x} % 3; }",
		"<k:sub> <f:f> { <k:my> (<v:$self>, <v:%h>) = <v:@_>; <k:return> <v:$#{$x}> % <n:3>; }");
	ck_tokens("perl", "=head1 A\n"
			"\n"
			"text\n"
			"\n"
			"=cut\n"
			"my $x;",
		"<c:=head1 A\n"
		"\n"
		"text\n"
		"\n"
		"=cut>\n"
		"<k:my> <v:$x>;");
}
END_TEST

START_TEST(bash_knows_heredocs_substitutions_and_command_words)
{
	ck_tokens("bash", "cat <<EOF > out\n"
			"hi $USER $(date)\n"
			"EOF\n"
			"echo done",
		"<f:cat> <<<s:EOF> > out\n"
		"<s:hi ><v:$USER><s: ><se:$(><f:date><se:)><s:\n"
		"EOF>\n"
		"<f:echo> done");
	ck_tokens("bash", "cat <<-'EOF'\n"
			"\t$x\n"
			"\tEOF\n"
			"ls",
		"<f:cat> <<-<s:'EOF'>\n"
		"<s:\t$x\n"
		"\tEOF>\n"
		"<f:ls>");
	ck_tokens("bash", "for f in *.txt; do echo \"a ${f%.txt} $(wc -l \"$f\")\"; done # c",
		"<k:for> <v:f> <k:in> *.txt; <k:do> <f:echo> <s:\"a ><v:${f%.txt}><s: ><se:$(><f:wc> -l <s:\"><v:$f><s:\"><se:)><s:\">; <k:done> <c:# c>");
	ck_tokens("bash", "X=1 make -j2 && cd /tmp || exit $?",
		"<v:X>=<n:1> make -j2 && <f:cd> /tmp || <f:exit> <v:$?>");
	ck_tokens("bash", "f() { local x=$1; }; (( x << 2 )); s=$'a\\n' t='b\\n'",
		"<f:f>() { <f:local> <v:x>=<v:$1>; }; (( x << <n:2> )); <v:s>=<s:$'a><se:\\n><s:'> <v:t>=<s:'b\\n'>");
	ck_tokens("bash", "echo a#b # c",
		"<f:echo> a#b <c:# c>");
}
END_TEST

START_TEST(powershell_ignores_case)
{
	ck_tokens("powershell", "FOREACH ($x in Get-Item \"a`n $y $(1)\") { <# c #> }",
		"<k:FOREACH> (<v:$x> <k:in> <f:Get-Item> <s:\"a><se:`n><s: ><v:$y><s: ><se:$(><n:1><se:)><s:\">) { <c:<# c #>> }");
}
END_TEST

SUITE("highlight.ruby_perl_shell", ruby_knows_heredocs_percent_literals_and_symbols,
	elixir_knows_sigils_atoms_and_modules,
	perl_knows_quote_words_and_variables,
	bash_knows_heredocs_substitutions_and_command_words,
	powershell_ignores_case)
