import TestSupport
import Testing

/// `rfc` of the built program against nginx as a mirror, with TLS.
@Suite struct RFCFetchTests {
  @Test func documentsComeAndAreCheckedAgain() throws {
    try RFCMirror.with { mirror in
      let first = try mirror.bash(
        #"nsh "rfc 90001 $on" | cmp - rfc/rfc90001.txt && ls -A "$(dirname "$(cached rfc90001.txt)")""#)
      #expect(first.output == "rfc90001.txt\nrfc90001.txt.facts\n" && first.status == 0, "\(first.output)")
      #expect(mirror.log == "200 /rfc/rfc90001.txt\n")
      #expect(try mirror.bash(#"nsh "rfc 90001 $on" | cmp - rfc/rfc90001.txt"#).status == 0)
      #expect(mirror.log.hasSuffix("304 /rfc/rfc90001.txt\n"))
      // A new version comes in the place of the old one.
      let changed = try mirror.bash(
        #"echo 'A new line.' >> rfc/rfc90001.txt; nsh "rfc 90001 $on" | tail -1; tail -1 "$(cached rfc90001.txt)""#)
      #expect(changed.output == "A new line.\nA new line.\n")
      #expect(mirror.log.split(separator: "\n").map { $0.prefix(3) } == ["200", "304", "200"])
      // A copy that somebody changed is no answer to 304.
      #expect(
        try mirror.bash(#"echo forged > "$(cached rfc90001.txt)"; nsh "rfc 90001 $on" | cmp - rfc/rfc90001.txt"#)
          .status
          == 0)
      // What is read in parts is not checked each time.
      let parts = try mirror.bash(#"nsh "rfc toc 90001 $on | count; rfc grep 90001 Bell $on | count""#)
      #expect(parts.output == "10\n1\n" && mirror.log.split(separator: "\n").count == 4)
    }
  }

  @Test func eachFailureIsItsOwnAndTheCacheStays() throws {
    try RFCMirror.with { mirror in
      let ask = #"nsh "try { rfc 90002 $on } catch e { print \"\$e.code \$e.status\" }" 2>/dev/null"#
      #expect(try mirror.bash(#"touch portal; "# + ask).output == "captive-portal 56\n")
      #expect(try mirror.bash(#"rm portal; touch login; "# + ask).output == "captive-portal 56\n")
      #expect(try mirror.bash(#"rm login; touch broken; "# + ask).output == "http-status 22\n")
      #expect(try mirror.bash(#"rm broken; find . -path './cache/*'"#).output.isEmpty)
      #expect(
        try mirror.bash(#"nsh "rfc 90009 $on" 2>&1 | head -1"#).output.contains("there is no such RFC at https://"))
      #expect(try mirror.bash(#"nsh "rfc 90009 $on" 2>/dev/null"#).status == 22)
      #expect(try mirror.bash(#"nsh "try { rfc coffee $on } catch e { \$e.code }""#).output == "bad-rfc-number\n")
      #expect(try mirror.bash(#"nsh "try { rfc 90002 $on --offline } catch e { \$e.code }""#).output == "not-cached\n")
      let html = try mirror.bash(#"nsh "try { rfc 90002 ${on/rfc/html} } catch e { \$e.code }""#)
      #expect(html.output == "captive-portal\n")
      let round = try mirror.bash(#"nsh "try { rfc 90002 ${on/rfc/round} } catch e { \$e.code }""#)
      #expect(round.output == "too-many-redirects\n")
      #expect(try mirror.bash(#"nsh "rfc 90002 ${on/rfc/moved}" | cmp - rfc/rfc90002.txt"#).status == 0)

      // With a good copy all of them leave it, and give it with a word on stderr.
      #expect(try mirror.bash(#"nsh "rfc 90002 $on" | cmp - rfc/rfc90002.txt"#).status == 0)
      for (trouble, said) in [("portal", "a page of the web"), ("login", "login.hotel.test"), ("broken", "503")] {
        let run = try mirror.bash(
          #"touch \#(trouble); nsh "rfc 90002 $on" 2>said | cmp - rfc/rfc90002.txt; s=$?; rm \#(trouble); cat said; exit $s"#
        )
        #expect(run.status == 0 && run.output.contains(said), "\(run.output)")
      }
      #expect(try mirror.bash(#"cmp "$(cached rfc90002.txt)" rfc/rfc90002.txt"#).status == 0)
      try mirror.stop()
      let offline = try mirror.bash(#"nsh "rfc 90002 $on" 2>said | cmp - rfc/rfc90002.txt && cat said"#)
      #expect(offline.status == 0 && offline.output.contains("ECONNREFUSED"), "\(offline.output)")
      #expect(try mirror.bash(#"nsh "rfc 90003 $on" 2>/dev/null"#).status == 7)
      #expect(try mirror.bash(#"nsh "rfc 90002 $on --offline" | cmp - rfc/rfc90002.txt"#).status == 0)
    }
  }

  /// A server that breaks off in the middle, by its promised length and by its chunks.
  @Test(arguments: ["Content-Length: 100000", "Transfer-Encoding: chunked"]) func whatIsCutIsNotKept(field: String)
    throws
  {
    try RFCMirror.with { mirror in
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
      let run = try mirror.bash(
        #"nsh "try { rfc 90002 --base http://127.0.0.1:\#(port)/ } catch e { print \"\$e.code \$e.status\" }"; find . -path './cache/*.txt'"#
      )
      #expect(run.output == "http-body-truncated 56\n", "\(run.output)")
      let raw = try mirror.bash(
        #"nsh "try { rfc 90002 --raw --base http://127.0.0.1:\#(port)/ } catch e { \$e.code }" 2>/dev/null"#)
      #expect(field.hasPrefix("T") || raw.output == "http-body-truncated\n", "\(raw.output)")
    }
  }

  @Test func byHandOverTLS() throws {
    try RFCMirror.with { mirror in
      let run = try mirror.bash(#"nsh "rfc 90003 --raw $on" 2>steps | cmp - rfc/rfc90003.txt && cat steps"#)
      #expect(run.status == 0)
      for line in [
        "> tls connect localhost:\(mirror.port)\n", "    connect  127.0.0.1:\(mirror.port)", "    handshake  ",
        #"> send "GET /rfc/rfc90003.txt HTTP/1.0\r\nHost: localhost:\#(mirror.port)\r\n\r\n""#, "  HTTP/1.1 200 OK\n",
        "> recv all\n",
      ] { #expect(run.output.contains(line), "\(line) in \(run.output)") }
    }
  }

  @Test func whereItIsLookedFor() throws {
    try RFCMirror.with { mirror in
      let named = try mirror.bash(
        #"export NSH_RFC_BASE='\#(mirror.base)' SSL_CERT_FILE='\#(mirror.authority)'; nsh 'rfc 90001' | cmp - rfc/rfc90001.txt"#
      )
      #expect(named.status == 0)
      // A mirror on this machine is asked first, and an option before both.
      let folder = "export RFC_DIR='\(Tree.root)/Tests/RFC/mirror'; "
      #expect(try mirror.bash(folder + #"nsh 'rfc 90002' | cmp - rfc/rfc90002.txt"#).status == 0)
      #expect(try mirror.bash(folder + #"nsh 'try { rfc 1 } catch e { $e.code }'"#).output == "no-such-rfc\n")
      #expect(try mirror.bash(folder + #"echo x >> rfc/rfc90002.txt; nsh "rfc 90002 $on" | tail -1"#).output == "x\n")
      // Nobody vouched for it, so it is not kept.
      let insecure = try mirror.bash(
        #"rm -rf cache; nsh "rfc 90001 --base \#(mirror.base) --insecure" 2>/dev/null | cmp - rfc/rfc90001.txt && find . -path './cache/*'"#
      )
      #expect(insecure.output.isEmpty)
    }
  }

  @Test func aCacheThatCannotBeWrittenOnlySaysSo() throws {
    try RFCMirror.with { mirror in
      let run = try mirror.bash(#"echo > cache; nsh "rfc 90001 $on" 2>said | cmp - rfc/rfc90001.txt && cat said"#)
      #expect(run.status == 0 && run.output.contains("is not kept for later"), "\(run.output)")
    }
  }

  @Test func whatIsKeptIsListedFetchedAnewAndRemoved() throws {
    try RFCMirror.with { mirror in
      _ = try mirror.bash(
        #"for n in 90001 90002; do nsh "rfc $n $on" >/dev/null; done; nsh "rfc info 90001 $on" >/dev/null"#)
      let list = try mirror.bash(
        #"nsh "rfc cache | where {|c| \$c.age < 1h and \$c.size > 100B} | count; rfc cache | get number | last""#)
      #expect(list.output == "3\n90002\n", "\(list.output)")
      #expect(try mirror.bash(#"nsh "rfc cache 90001 | get path" | xargs cat | cmp - rfc/rfc90001.txt"#).status == 0)
      // Anew: no condition is sent, and nothing that is kept stands in for what cannot be had.
      #expect(try mirror.bash(#"nsh "rfc 90001 $on --refresh" | cmp - rfc/rfc90001.txt"#).status == 0)
      #expect(mirror.log.hasSuffix("200 /rfc/rfc90001.txt\n"), "\(mirror.log)")
      #expect(try mirror.bash(#"nsh "rfc toc 90001 $on --refresh" | wc -l"#).status == 0)
      #expect(mirror.log.hasSuffix("200 /rfc/rfc90001.txt\n200 /rfc/rfc90001.txt\n"), "\(mirror.log)")
      #expect(
        try mirror.bash(#"touch broken; nsh "rfc 90001 $on --refresh" 2>/dev/null; s=$?; rm broken; exit $s"#).status
          == 22)
      #expect(try mirror.bash(#"nsh "rfc 90001 $on --refresh --offline" 2>/dev/null"#).status == 1)
      #expect(try mirror.bash(#"cmp "$(cached rfc90001.txt)" rfc/rfc90001.txt"#).status == 0)
      // One document, then those of one library, then all.
      #expect(
        try mirror.bash(#"nsh "rfc cache 90001 --clear | get number"; nsh "rfc cache | count""#).output == "90001\n2\n")
      #expect(
        try mirror.bash(#"nsh "rfc cache --clear --base http://other.test/ | count"; nsh "rfc cache | count""#).output
          == "0\n2\n")
      #expect(
        try mirror.bash(#"nsh "rfc cache --clear | count"; nsh "rfc cache | count"; find cache -type f | wc -l"#).output
          == "2\n0\n0\n")
    }
  }

  @Test func aHostInAnyLettersIsFetchedByHand() throws {
    try RFCMirror.with { mirror in
      // The name leads nowhere here; that it was asked for in ASCII shows in the step.
      let run = try mirror.bash(#"nsh "rfc 90001 --raw --base http://münchen.invalid/rfc/" 2>&1 | head -1"#)
      #expect(run.output.hasPrefix("> tcp connect xn--mnchen-3ya.invalid:80"), "\(run.output)")
    }
  }
}
