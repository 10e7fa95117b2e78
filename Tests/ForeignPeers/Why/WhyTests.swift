import TestSupport
import Testing

/// What `why` says of set-ups that are broken on purpose.
struct WhyTests {
  /// For each: the right layer, the right first cause, a further one where one is wanted, and an end within the bound.
  @Test func namesLayerAndCauseOfEachSetUp() throws {
    let lines = try BrokenSetups.run("why")
    #expect(lines.count >= 80)
    var passed = 0
    for line in lines {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 9 else {
        Issue.record("\(line)")
        continue
      }
      #expect(Array(cells[1...3]) == Array(cells[4...6]), "\(cells[0])")
      // The gathering has 3 s; what it waits for last may be late by the load of the machine.
      #expect(Double(cells[7]).map { $0 < 4.5 } ?? false, "\(cells[0]) took \(cells[7]) s")
      passed += 1
    }
    #expect(passed == lines.count)
  }

  /// The documentation says of each set-up what `why` names; what the other tools said stands beside it, as it was when it was written.
  @Test func theTableIsThatOfTheSetUps() throws {
    let path = Tree.root + "/share/nsh/doc/why.md"
    let mark = "<!-- the table: NSH_REWRITE=1 makes it anew -->\n"
    let page = try Tree.read(path)
    let start = try #require(page.firstRange(of: mark))
    if Tree.rewrites {
      let table = try BrokenSetups.run("table").joined(separator: "\n") + "\n"
      return try Tree.write(page[..<start.upperBound] + table, to: path)
    }
    let rows = page[start.upperBound...].split(separator: "\n").dropFirst(2).dropLast().map { row in
      row.split(separator: "|").prefix(2).map { $0.drop { $0 == " " } }.map {
        String($0.reversed().drop { $0 == " " }.reversed())
      }
    }
    let blocks = try Tree.read(Tree.root + "/Tests/ForeignPeers/Why/setups.txt").split(
      separator: "\n", omittingEmptySubsequences: false)
    var wanted: [[String]] = []
    for line in blocks {
      if line.hasPrefix("title: ") { wanted.append([String(line.dropFirst(7)), ""]) }
      if line.hasPrefix("layer: ") { wanted[wanted.count - 1][1] = String(line.dropFirst(7)) }
      if line.hasPrefix("cause: ") { wanted[wanted.count - 1][1] += ": " + line.dropFirst(7) }
    }
    #expect(rows == wanted)
  }

  /// Ctrl-C ends the gathering, a short time bounds it, and `--offline` sends nothing.
  @Test func theGatheringIsBounded() throws {
    let said = try BrokenSetups.script(
      """
      fails='try { tcp connect 203.0.113.9:80 --timeout 300ms } catch e { $e }'
      start=$(date +%s%N)
      client timeout -s INT 1.5 $nsh -c "let e = $fails; why \\$e --timeout 60s" >/dev/null 2>&1 || echo "status $?"
      [ $(( ($(date +%s%N) - start) / 1000000 )) -lt 6000 ] && echo "soon"
      client $nsh -c "let e = $fails; let w = why \\$e --timeout 200ms; \\$w.took < 2s" 2>/dev/null
      ip netns exec c nft -f - <<'RULES'
      table inet n {
        chain out {
          type filter hook output priority 0;
          ip daddr 203.0.113.9 counter
        }
      }
      RULES
      client $nsh -c "let e = $fails; why \\$e --offline | get causes | get cause | first" 2>/dev/null
      client nft list table inet n | grep -o 'packets 1 '
      """)
    #expect(said == "status 124\nsoon\ntrue\nfirewall-drops\npackets 1 \n")
  }

  /// A request with a body is asked about, and never made once more.
  @Test func noRequestIsRepeated() throws {
    let said = try BrokenSetups.script(
      """
      ip netns exec s /usr/bin/python3 -u -c 'import socket
      l = socket.socket(); l.bind(("10.0.4.2", 7900)); l.listen(9); l.settimeout(4)
      try:
        while True:
          c, _ = l.accept(); c.settimeout(2); data = c.recv(9999); print(data[:4]); c.close()
      except OSError: pass' > "$folder/log" &
      sleep 0.5
      client $nsh -c 'try { http post http://10.0.4.2:7900/ --body x } catch e { (why $e).causes | get cause | first }' 2>/dev/null
      wait $!; grep -c POST "$folder/log"
      """)
    #expect(said == "peer-closes\n1\n")
  }
}
