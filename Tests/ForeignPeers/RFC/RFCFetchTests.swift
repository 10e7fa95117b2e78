import TestSupport
import Testing

/// `rfc` of the built program against nginx as a mirror, with TLS.
@Suite struct RFCFetchTests {
  /// Runs lines of bash in the mirror's folder, with `$nsh`, `$rfc` (the options of the mirror) and a cache of its own.
  private func bash(_ line: String, _ mirror: RFCMirror) throws -> (output: String, status: Int32) {
    let path = mirror.folder.path
    let result = try Program(
      "bash", "-o", "pipefail", "-c",
      """
      cd '\(path)' || exit; export XDG_CACHE_HOME='\(path)/cache' HOME='\(path)'; unset RFC_DIR NSH_RFC_BASE
      nsh() { timeout -s KILL 60 '\(Tree.nsh)' -c "$1"; }
      on='--base \(mirror.base) --ca \(mirror.authority)'
      cached() { find cache -path "*%2frfc/$1"; }
      \(line)
      """
    ).finish(seconds: 300)
    return (String(decoding: result.output, as: UTF8.self), result.status)
  }

  private func withMirror(_ body: (RFCMirror) throws -> Void) throws {
    let mirror = try RFCMirror()
    defer { try? mirror.stop() }
    try body(mirror)
  }

  @Test func documentsComeAndAreCheckedAgain() throws {
    try withMirror { mirror in
      let first = try bash(
        #"nsh "rfc 90001 $on" | cmp - rfc/rfc90001.txt && ls -A "$(dirname "$(cached rfc90001.txt)")""#, mirror)
      #expect(first.output == "rfc90001.txt\nrfc90001.txt.facts\n" && first.status == 0, "\(first.output)")
      #expect(mirror.log == "200 /rfc/rfc90001.txt\n")
      #expect(try bash(#"nsh "rfc 90001 $on" | cmp - rfc/rfc90001.txt"#, mirror).status == 0)
      #expect(mirror.log.hasSuffix("304 /rfc/rfc90001.txt\n"))
      // A new version comes in the place of the old one.
      let changed = try bash(
        #"echo 'A new line.' >> rfc/rfc90001.txt; nsh "rfc 90001 $on" | tail -1; tail -1 "$(cached rfc90001.txt)""#,
        mirror)
      #expect(changed.output == "A new line.\nA new line.\n")
      #expect(mirror.log.split(separator: "\n").map { $0.prefix(3) } == ["200", "304", "200"])
      // A copy that somebody changed is no answer to 304.
      #expect(
        try bash(#"echo forged > "$(cached rfc90001.txt)"; nsh "rfc 90001 $on" | cmp - rfc/rfc90001.txt"#, mirror)
          .status
          == 0)
      // What is read in parts is not checked each time.
      let parts = try bash(#"nsh "rfc toc 90001 $on | count; rfc grep 90001 Bell $on | count""#, mirror)
      #expect(parts.output == "10\n1\n" && mirror.log.split(separator: "\n").count == 4)
    }
  }

  @Test func eachFailureIsItsOwnAndTheCacheStays() throws {
    try withMirror { mirror in
      let ask = #"nsh "try { rfc 90002 $on } catch e { print \"\$e.code \$e.status\" }" 2>/dev/null"#
      #expect(try bash(#"touch portal; "# + ask, mirror).output == "captive-portal 56\n")
      #expect(try bash(#"rm portal; touch login; "# + ask, mirror).output == "captive-portal 56\n")
      #expect(try bash(#"rm login; touch broken; "# + ask, mirror).output == "http-status 22\n")
      #expect(try bash(#"rm broken; find . -path './cache/*'"#, mirror).output.isEmpty)
      #expect(
        try bash(#"nsh "rfc 90009 $on" 2>&1 | head -1"#, mirror).output.contains("there is no such RFC at https://"))
      #expect(try bash(#"nsh "rfc 90009 $on" 2>/dev/null"#, mirror).status == 22)
      #expect(try bash(#"nsh "try { rfc coffee $on } catch e { \$e.code }""#, mirror).output == "bad-rfc-number\n")
      #expect(try bash(#"nsh "try { rfc 90002 $on --offline } catch e { \$e.code }""#, mirror).output == "not-cached\n")
      let html = try bash(#"nsh "try { rfc 90002 ${on/rfc/html} } catch e { \$e.code }""#, mirror)
      #expect(html.output == "captive-portal\n")
      let round = try bash(#"nsh "try { rfc 90002 ${on/rfc/round} } catch e { \$e.code }""#, mirror)
      #expect(round.output == "too-many-redirects\n")
      #expect(try bash(#"nsh "rfc 90002 ${on/rfc/moved}" | cmp - rfc/rfc90002.txt"#, mirror).status == 0)

      // With a good copy all of them leave it, and give it with a word on stderr.
      #expect(try bash(#"nsh "rfc 90002 $on" | cmp - rfc/rfc90002.txt"#, mirror).status == 0)
      for (trouble, said) in [("portal", "a page of the web"), ("login", "login.hotel.test"), ("broken", "503")] {
        let run = try bash(
          #"touch \#(trouble); nsh "rfc 90002 $on" 2>said | cmp - rfc/rfc90002.txt; s=$?; rm \#(trouble); cat said; exit $s"#,
          mirror)
        #expect(run.status == 0 && run.output.contains(said), "\(run.output)")
      }
      #expect(try bash(#"cmp "$(cached rfc90002.txt)" rfc/rfc90002.txt"#, mirror).status == 0)
      try mirror.stop()
      let offline = try bash(#"nsh "rfc 90002 $on" 2>said | cmp - rfc/rfc90002.txt && cat said"#, mirror)
      #expect(offline.status == 0 && offline.output.contains("ECONNREFUSED"), "\(offline.output)")
      #expect(try bash(#"nsh "rfc 90003 $on" 2>/dev/null"#, mirror).status == 7)
      #expect(try bash(#"nsh "rfc 90002 $on --offline" | cmp - rfc/rfc90002.txt"#, mirror).status == 0)
    }
  }

  /// A server that breaks off in the middle, by its promised length and by its chunks.
  @Test(arguments: ["Content-Length: 100000", "Transfer-Encoding: chunked"]) func whatIsCutIsNotKept(field: String)
    throws
  {
    try withMirror { mirror in
      let server = """
        import socket, sys
        s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); s.settimeout(120)
        print(s.getsockname()[1], flush=True)
        while True:
          c = s.accept()[0]; c.settimeout(60)
          while b'\\r\\n\\r\\n' not in c.recv(65536): pass
          c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n\(field)\\r\\n\\r\\n1000\\r\\nRequest for Comments: 90002\\n'); c.close()
        """
      let cutter = try Program("python3", "-c", server)
      let port = try cutter.line(seconds: 60)
      let run = try bash(
        #"nsh "try { rfc 90002 --base http://127.0.0.1:\#(port)/ } catch e { print \"\$e.code \$e.status\" }"; find . -path './cache/*.txt'"#,
        mirror)
      #expect(run.output == "http-body-truncated 56\n", "\(run.output)")
      let raw = try bash(
        #"nsh "try { rfc 90002 --raw --base http://127.0.0.1:\#(port)/ } catch e { \$e.code }" 2>/dev/null"#, mirror)
      #expect(field.hasPrefix("T") || raw.output == "http-body-truncated\n", "\(raw.output)")
    }
  }

  @Test func byHandOverTLS() throws {
    try withMirror { mirror in
      let run = try bash(#"nsh "rfc 90003 --raw $on" 2>steps | cmp - rfc/rfc90003.txt && cat steps"#, mirror)
      #expect(run.status == 0)
      for line in [
        "> tls connect localhost:\(mirror.port)\n", "    connect  127.0.0.1:\(mirror.port)", "    handshake  ",
        #"> send "GET /rfc/rfc90003.txt HTTP/1.0\r\nHost: localhost:\#(mirror.port)\r\n\r\n""#, "  HTTP/1.1 200 OK\n",
        "> recv all\n",
      ] { #expect(run.output.contains(line), "\(line) in \(run.output)") }
    }
  }

  @Test func whereItIsLookedFor() throws {
    try withMirror { mirror in
      let named = try bash(
        #"export NSH_RFC_BASE='\#(mirror.base)' SSL_CERT_FILE='\#(mirror.authority)'; nsh 'rfc 90001' | cmp - rfc/rfc90001.txt"#,
        mirror)
      #expect(named.status == 0)
      // A mirror on this machine is asked first, and an option before both.
      let folder = "export RFC_DIR='\(Tree.root)/Tests/RFC/mirror'; "
      #expect(try bash(folder + #"nsh 'rfc 90002' | cmp - rfc/rfc90002.txt"#, mirror).status == 0)
      #expect(try bash(folder + #"nsh 'try { rfc 1 } catch e { $e.code }'"#, mirror).output == "no-such-rfc\n")
      #expect(try bash(folder + #"echo x >> rfc/rfc90002.txt; nsh "rfc 90002 $on" | tail -1"#, mirror).output == "x\n")
      // Nobody vouched for it, so it is not kept.
      let insecure = try bash(
        #"rm -rf cache; nsh "rfc 90001 --base \#(mirror.base) --insecure" 2>/dev/null | cmp - rfc/rfc90001.txt && find . -path './cache/*'"#,
        mirror)
      #expect(insecure.output.isEmpty)
    }
  }

  @Test func aCacheThatCannotBeWrittenOnlySaysSo() throws {
    try withMirror { mirror in
      let run = try bash(#"echo > cache; nsh "rfc 90001 $on" 2>said | cmp - rfc/rfc90001.txt && cat said"#, mirror)
      #expect(run.status == 0 && run.output.contains("is not kept for later"), "\(run.output)")
    }
  }
}
