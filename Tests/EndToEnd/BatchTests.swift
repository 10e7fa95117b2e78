import CSystem
import Glibc
import System
import Testing

/// Files, texts and standard input.
@Suite struct BatchTests {
  @Test func aScriptWithAShebangLineGetsItsArguments() throws {
    let folder = try Folder()
    try folder.write("args.nsh", "#!/usr/bin/env nsh\nprint $args\n", mode: 0o755)
    let run = try Run(words: ["\(folder.path)/args.nsh", "one", "--json", "-x", "--", "two words"])
    #expect(run.status == 0)
    #expect(run.output == "one\n--json\n-x\n--\ntwo words\n")
    #expect(try Run("-c", "$args | count", "a", "b").output == "2\n")
    #expect(try Run("-", "a", input: "$args\n").output == "a\n")
  }

  @Test func closedStandardStreamsBecomeNoSockets() throws {
    // A socket with the number of standard output would take what is printed to its peer.
    let script =
      "let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l; print secret; close $c; recv all $s"
    let closed = try Run(words: ["sh", "-c", "timeout 20 nsh -c '\(script)' >&-"])
    #expect(closed.status == 1 && closed.errors.contains("EBADF"))
    #expect(try Run(words: ["sh", "-c", "timeout 20 nsh <&-"]).status == 0)
    #expect(try Run(words: ["sh", "-c", "timeout 20 nsh -c 'stdin | len' <&-"]).output == "0\n")
  }

  @Test func aRunOfNULBytesIsOneFinding() throws {
    let run = try Run(input: String(repeating: "\0", count: 5000))
    #expect(run.status == 2)
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix("error:") }.count == 1)
  }

  @Test func aCommandInThePlaceOfAScriptIsExplained() throws {
    let run = try Run("lesson", "7")
    #expect(run.status == 2)
    #expect(run.errors.contains("hint       FILE is a script; a command is run by `nsh -c 'lesson …'`"))
  }

  @Test func errorsNameFileLineAndColumn() throws {
    let folder = try Folder()
    try folder.write("a.nsh", "print 1\n\n  fail 'boo'\n")
    let run = try Run("\(folder.path)/a.nsh")
    #expect(run.output == "1\n")
    #expect(run.errors.contains("--> \(folder.path)/a.nsh:3:3\n"))
  }

  @Test func checkRunsNothing() throws {
    let good = try Run("--check", "-c", "print 1")
    #expect(good.status == 0 && good.output == "" && good.errors == "")
    let bad = try Run("--check", "--json", "-c", "prnt 1\nprint $x")
    #expect(bad.status == 2)
    #expect(bad.output.split(separator: "\n").count == 2)
    #expect(
      bad.output.hasPrefix(#"{"file":"-c","line":1,"column":1,"end_line":1,"end_column":5,"code":"unknown-command","#))
    #expect(try Run("--check", input: "print 1\nprnt 2\n").status == 2)
  }

  @Test func whatOnlyDefinesIsAModule() throws {
    let folder = try Folder()
    try folder.write("mail.nsh", "# Sends.\ndef send [text] { print $text }\ndef twice [text] { mail send $text }\n")
    #expect(try Run("--check", "\(folder.path)/mail.nsh").status == 0)
    #expect(try Run("\(folder.path)/mail.nsh").status == 0)
    try folder.write("script.nsh", "def send [text] { print $text }\nprint 1\n")
    let script = try Run("--check", "\(folder.path)/script.nsh")
    #expect(script.status == 2 && script.errors.contains("is a command and cannot be defined again"))
  }

  @Test func aSourcedFileIsKnownToTheCheck() throws {
    let folder = try Folder()
    try folder.write("part.nsh", "def greet [name] { \"hello $name of $place\" }\nlet place = 'here'\n")
    try folder.write("whole.nsh", "source \(folder.path)/part.nsh\ngreet you\n$place\n")
    #expect(try Run("\(folder.path)/whole.nsh").output == "hello you of here\nhere\n")
    try folder.write("wrong.nsh", "print 1\nsource \(folder.path)/part.nsh\ngret you\n")
    let wrong = try Run("\(folder.path)/wrong.nsh")
    #expect(wrong.status == 2 && wrong.output == "" && wrong.errors.contains("did you mean"))
    // What is written only while the script runs is read then.
    try folder.write(
      "late.nsh", "'let n = 7' | save \(folder.path)/made.nsh\nsource \(folder.path)/made.nsh\nprint done\n")
    #expect(try Run("\(folder.path)/late.nsh").output == "done\n")
    // A file that the script changes is run as it is then.
    try folder.write(
      "changed.nsh", "'print new' | save \(folder.path)/made.nsh\nsource \(folder.path)/made.nsh\n")
    #expect(try Run("\(folder.path)/changed.nsh").output == "new\n")
  }

  @Test func jsonIsOneTextALine() throws {
    let run = try Run("--json", "-c", "1\n[{a: 1}, {a: 2}]\n0x[ff]\n\"é\\u{1b}\"\nnull")
    #expect(run.output == "1\n[{\"a\":1},{\"a\":2}]\n{\"base64\":\"/w==\"}\n\"é\\u001b\"\n")
  }

  @Test func standardInputRunsStatementByStatement() throws {
    let run = try Run(input: "print 1\nprnt 2\nprint 3\n")
    #expect(run.status == 2)
    #expect(run.output == "1\n")
    #expect(run.errors.contains("--> stdin:2:1"))
    let onward = try Run("--keep-going", input: "print 1\nprnt 2\nfail 'x'\nprint 3\n")
    #expect(onward.status == 2)
    #expect(onward.output == "1\n3\n")
  }

  @Test func keepGoingRunsAScriptToItsEnd() throws {
    let run = try Run("--keep-going", "-c", "assert false\nlet x = (twice 4)\nfail 'no'\n$x\ndef twice [n] { $n * 2 }")
    #expect(run.status == 3)
    #expect(run.output == "8\n")
  }

  @Test func echoGoesToStandardError() throws {
    let run = try Run("-x", "-c", "let x = 1\nprint $x")
    #expect(run.errors == "+ let x = 1\n+ print $x\n")
    #expect(run.output == "1\n")
  }

  @Test func aStatementMayTakeManyLines() throws {
    let text =
      "# adds\ndef add [a, b] {\n  # }\n  let s = \"}\"\n\n  $a + $b\n}\nadd 1 2\nlet t = \"\"\"\n  {\n  \"\"\"\n$t\nprint a |\n  get 0\n"
    let run = try Run(input: text)
    #expect(run.output.hasPrefix("3\n{\n"))
    #expect(try Run(input: "if true {\n").status == 2)
    #expect(try Run(input: "print last").output == "last\n")
  }

  @Test func aWriterThatPausesSeesOutputBeforeItGoesOn() throws {
    var input: [Int32] = [0, 0]
    var output: [Int32] = [0, 0]
    try systemCall("pipe2") { nsh_pipe(&input) }
    try systemCall("pipe2") { nsh_pipe(&output) }
    let child = try Child(["nsh"], input: input[0], output: output[1])
    close(input[0])
    close(output[1])
    for number in 1...3 {
      let line = Array("print answer \(number)\n".utf8)
      #expect(write(input[1], line, line.count) == line.count)
      var answer = ""
      while !answer.hasSuffix("\(number)\n") {
        var wait = pollfd(fd: output[0], events: Int16(POLLIN), revents: 0)
        try #require(poll(&wait, 1, 10_000) == 1)
        var room = [UInt8](repeating: 0, count: 100)
        let count = read(output[0], &room, room.count)
        try #require(count > 0)
        answer += String(decoding: room[..<count], as: UTF8.self)
      }
      #expect(answer == "answer\n\(number)\n")
    }
    close(input[1])
    #expect(child.wait() == 0)
    close(output[0])
  }

  @Test func outputThatFailsIsAFailure() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    var errors: [Int32] = [0, 0]
    try systemCall("pipe2") { nsh_pipe(&errors) }
    let child = try Child(["nsh", "-c", "print 1"], output: full, errors: errors[1])
    close(errors[1])
    #expect(child.wait() == 1)
    var room = [UInt8](repeating: 0, count: 4096)
    let count = read(errors[0], &room, room.count)
    #expect(String(decoding: room.prefix(max(0, count)), as: UTF8.self).contains("ENOSPC"))
    close(errors[0])
  }

  @Test(arguments: ["print 1", "for i in 1..1000000 { print $i }", "1..1000000 | each {|x| $x }"])
  func aClosedPipeEndsQuietly(_ text: String) throws {
    let run = try Run(words: [
      "/bin/bash", "-c", "nsh -c '\(text)' | true; echo ${PIPESTATUS[0]}",
    ])
    // `true` may end before or after the one line is written.
    #expect(run.output == "141\n" || (text == "print 1" && run.output == "0\n"))
    #expect(run.errors == "")
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 128 + 15), (SIGHUP, 128 + 1)] as [(Int32, Int32)])
  func signalsEndAScriptInOrder(_ signal: Int32, _ status: Int32) throws {
    for text in ["defer { print bye }\nprint go\nloop { }", "defer { print bye }\nprint go\nsleep 60s"] {
      var output: [Int32] = [0, 0]
      try systemCall("pipe2") { nsh_pipe(&output) }
      let child = try Child(["nsh", "-c", text], output: output[1])
      close(output[1])
      usleep(300_000)
      child.signal(signal)
      #expect(child.wait(seconds: 5) == status)
      var room = [UInt8](repeating: 0, count: 100)
      let count = read(output[0], &room, room.count)
      #expect(String(decoding: room.prefix(max(0, count)), as: UTF8.self) == "go\nbye\n")
      close(output[0])
    }
  }
}
