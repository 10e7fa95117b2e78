import Commands
import Glibc
import Testing

@Suite(.serialized) struct SessionTests {
  let shell = Shell()

  /// A folder for one test.
  private func folder() -> String {
    var path = Array("/tmp/nsh-words-XXXXXX".utf8CString)
    return mkdtemp(&path).map { String(cString: $0) } ?? "/tmp"
  }

  @Test func appendsWithoutFollowingLinks() {
    let folder = folder()
    let file = folder + "/log"
    #expect(shell.run("'one' | append \(file); [two three] | append \(file); 0x[ff] | append \(file)") == "")
    #expect(shell.line("(open \(file)) == (0x[6f 6e 65 0a] + \"two\\nthree\\n\" + 0x[ff])") == "true")
    symlink(file, folder + "/link")
    #expect(shell.line("'x' | append \(folder)/link") == "error: ELOOP")
    #expect(shell.line("1.. | first 3 | append \(folder)/none/log") == "error: ENOENT")
    #expect(shell.line("'x' | append ''") == "error: bad-argument")
  }

  @Test func listsFolders() {
    let folder = folder()
    let lines = "'abc' | save \(folder)/b.txt; '' | save \(folder)/a; '' | save \(folder)/.hidden"
    #expect(shell.run(lines) == "")
    symlink("nowhere", folder + "/l")
    #expect(shell.line("ls \(folder) | get name | join ' '") == "a b.txt l")
    #expect(shell.line("ls \(folder) --all | get name | join ' '") == ".hidden a b.txt l")
    #expect(shell.line("ls \(folder) | get type | join ' '") == "file file link")
    #expect(shell.line("ls \(folder)/*.txt | get size | join") == "3B")
    #expect(shell.line("ls \(folder)/a | len") == "1")
    #expect(shell.line("ls \(folder)/*.none") == "error: ENOENT")
    #expect(shell.line("ls \(folder)/none") == "error: ENOENT")
    #expect(shell.line("ls \(folder) | get modified | all {|t| (now) - $t < 1h}") == "true")
  }

  @Test func expandsTheHomeFolderInPathsOnly() {
    let folder = folder()
    #expect(shell.run("env HOME \(folder); 'x' | save ~/file") == "")
    #expect(shell.line("ls ~ | get name") == "file")
    #expect(shell.line("open ~/file") == "x")
    #expect(shell.line("print ~") == "~")
    #expect(shell.line("print ~/file") == "~/file")
  }

  @Test func keepsTheEnvironment() {
    #expect(shell.line("env NSH_A 1; env NSH_A 2; env NSH_A") == "2")
    #expect(shell.line("env NSH_A --remove; env NSH_A | type") == "null")
    #expect(shell.line("sh env | get stdout | lines | any {|l| $l == 'NSH_A=2'}") == "false")
    #expect(shell.line("env NSH_B 3; sh printenv NSH_B | get stdout") == "3")
    #expect(shell.line("env 'a=b' c") == "error: bad-argument")
    #expect(shell.line("env a \"\\0\"") == "error: bad-argument")
    #expect(shell.session.environment.entries.contains { $0.hasPrefix("PATH=") })
    #expect(!shell.session.environment.entries.contains { $0.hasPrefix("NSH_A=") })
  }

  @Test func sourcesFiles() {
    let file = folder() + "/lib.nsh"
    #expect(
      shell.run("\"def twice [n: int] { \\$n * 2 }\nlet base = 21\ndefer { print late }\nprint early\" | save \(file)")
        == "")
    #expect(shell.run("source \(file)") == "early\nlate\n")
    #expect(shell.line("twice $base") == "42")
    // From inside a function, whose own variables stay as they are.
    #expect(shell.run("def run [] { let x = 5; source \(file); $x }; run") == "early\nlate\n5\n")
    // Nothing of a file runs if something in it is wrong.
    #expect(shell.run("'print one; let n = $nothing' | save \(file)") == "")
    #expect(shell.line("source \(file)") == "check: there is no variable `$nothing`")
    #expect(shell.line("try { source \(file) } catch e { $e.code }") == "check")
    #expect(shell.run("'print one; fail \"stop\"' | save \(file)") == "")
    #expect(shell.run("try { source \(file) } catch e { print $e.message }") == "one\nstop\n")
    #expect(shell.run("'source \(file)' | save \(file)") == "")
    #expect(shell.line("source \(file)") == "error: too-deep")
    #expect(shell.line("source \(file).none") == "error: ENOENT")
    #expect(shell.run("'return 5' | save \(file); source \(file); print after") == "after\n")
  }

  @Test func readsNothingWhenTheScriptComesOnInput() {
    shell.session.scriptIsOnInput.store(true, ordering: .relaxed)
    #expect(shell.line("input 'name? ' | type") == "null")
    #expect(shell.line("stdin | lines | count") == "0")
  }

  @Test func drawsFromRanges() {
    #expect(shell.line("1..200 | each { random int 1..6 } | uniq | sort | join") == "123456")
    #expect(shell.line("random int 1..") == "error: bad-argument")
    #expect(shell.line("random int 3..<3") == "error: bad-argument")
    #expect(shell.line("random int -9223372036854775808..9223372036854775807 | type") == "int")
    #expect(shell.line("random bytes 1KiB | len") == "1024")
    #expect(shell.line("random bytes -1") == "error: bad-count")
    #expect(shell.line("random bytes 2TiB") == "error: bad-count")
    #expect(shell.line("[] | random choice") == "error: empty")
    #expect(shell.line("1..50 | random shuffle | sort | first 3 | join") == "123")
  }

  @Test func tellsTheTime() {
    #expect(shell.line("time { 1..3 } | get value | len") == "3")
    #expect(shell.line("time { fail 'x' }") == "error: failed")
    #expect(shell.line("(now) > 2020-01-01T00:00:00Z") == "true")
    #expect(shell.line("args | len") == "0")
  }
}
