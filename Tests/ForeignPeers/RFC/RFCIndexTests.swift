import TestSupport
import Testing

/// The RFC Editor's index, from a mirror: fetched once, read from its XML, kept in short.
@Suite struct RFCIndexTests {
  @Test func whatTheIndexSays() throws {
    try RFCMirror.with { mirror in
      let info = try mirror.bash(
        #"nsh "let i = rfc info 90002 $on; \$i.title; \$i.authors | join ', '; \$i.date; \$i.status; \$i.first-status; \$i.obsoletes; \$i.updated-by; \$i.also; \$i.pages; \$i.errata == null; (rfc info 90001 $on).errata; (rfc info 90006 $on).title""#
      )
      #expect(
        info.output == """
          Tidings by Lamp
          Å. Ångström, G. Gannet
          2024-10
          INTERNET STANDARD
          PROPOSED STANDARD
          90001
          90006
          STD901
          3
          true
          https://www.rfc-editor.org/errata/rfc90001
          Lamps of More than One Colour

          """)
      #expect(try mirror.bash(#"nsh "rfc search TIDINGS lamp $on | get number""#).output == "90002\n")
      #expect(try mirror.bash(#"nsh "rfc search gannet $on | get number | sort""#).output == "90002\n90006\n")
      let tree = try mirror.bash(#"nsh "rfc tree 90002 $on""#)
      #expect(
        tree.output == """
          RFC 90002  Tidings by Lamp (INTERNET STANDARD, 2024-10)
          ├─ obsoletes RFC 90001  Tidings by Ferry: A Protocol for Slow Crossings (EXPERIMENTAL, 1999-03)
          │  └─ obsoletes RFC 90000  Tidings by Foot (UNKNOWN, 1971-05)
          ├─ updates RFC 90003  Tidings by Flag (HISTORIC, 1979-06)
          └─ updated by RFC 90006  Lamps of More than One Colour (PROPOSED STANDARD, 2025-04-01)

          """)
      #expect(try mirror.bash(#"nsh "try { rfc info 90004 $on } catch e { \$e.code }""#).output == "no-such-rfc\n")
      // All of that was one request.
      #expect(mirror.log == "200 /rfc/rfc-index.xml\n")
      // Kept for long it is asked for again, and is the same.
      let again = try mirror.bash(
        #"sed -i 's/^checked: .*/checked: 1000000000/' cache/nsh/rfc/*/*.facts; nsh "rfc search flag $on | get number""#
      )
      #expect(again.output == "90003\n" && mirror.log.hasSuffix("304 /rfc/rfc-index.xml\n"), "\(mirror.log)")
      try mirror.stop()
      #expect(try mirror.bash(#"nsh "rfc search flag $on | get number""#).output == "90003\n")
    }
  }

  @Test func itMayStandAboveTheDocuments() throws {
    try RFCMirror.with { mirror in
      let run = try mirror.bash(#"nsh "rfc search flag ${on/rfc/above\/rfc} | get number""#)
      #expect(run.output == "90003\n")
    }
  }

  @Test func aBrokenIndexIsNotKept() throws {
    try RFCMirror.with { mirror in
      let ask = #"nsh "rfc info 9110 $on | get title" 2>said; find cache -name '*.tsv'; cat said"#
      let bomb =
        #"<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><rfc-index>&b;</rfc-index>"#
      for (content, said) in [
        ("<rfc-index><rfc-entry></rfc-index>", "mismatched tag"), (bomb, "declares a document type"),
        ("<rfc-index></rfc-index>", "names no RFC"), ("<html><body>Log in</body></html>", "a page of the web"),
      ] {
        // The small table of the shell answers, and the reason is said.
        let run = try mirror.bash("printf '%s' \"\(content)\" > rfc/rfc-index.xml; " + ask)
        #expect(run.output.hasPrefix("HTTP Semantics\nrfc: the small table"), "\(run.output)")
        #expect(run.output.contains(said), "\(run.output)")
      }
      #expect(try mirror.bash("rm rfc/rfc-index.xml; " + ask).output.contains("there is none at"))
    }
  }

  @Test func aMirrorOnThisMachine() throws {
    try RFCMirror.with { mirror in
      let folder = "export RFC_DIR=rfc; "
      #expect(
        try mirror.bash(folder + #"nsh 'rfc search flag | get number; rfc toc 90003 | get section'"#).output
          == "90003\n1\n1.1\n1.2\n2\n2.1\n")
      let changed = try mirror.bash(
        folder + #"sed -i 's/Tidings by Flag/Flags/' rfc/rfc-index.xml; nsh 'rfc info 90003 | get title'"#)
      #expect(changed.output == "Flags\n" && mirror.log.isEmpty)
    }
  }

  /// A large index is read while it comes: in little memory, and the interrupt gets through.
  @Test func aLargeIndexNeedsLittleMemory() throws {
    try RFCMirror.with { mirror in
      let make = """
        entry = open('rfc/rfc-index.xml').read().split('<rfc-entry>')[3].split('</rfc-entry>')[0]
        with open('rfc/big', 'w') as out:
          out.write('<rfc-index>')
          for n in range(1, 10001):
            out.write('<rfc-entry>' + entry.replace('RFC90002', 'RFC%05d' % n) + '<abstract><p>' + 'word ' * 260 + '</p></abstract></rfc-entry>')
          out.write('</rfc-index>')
        """
      try mirror.folder.write("make.py", Array(make.utf8))
      try mirror.folder.write("measure.py", Array(Python.peakOfMemory.utf8))
      let run = try mirror.bash(
        #"python3 make.py && mv rfc/big rfc/rfc-index.xml && timeout 120 python3 measure.py '\#(Tree.nsh)' -c "rfc info 7 $on | get title""#
      )
      let lines = run.output.split(separator: "\n")
      #expect(lines.first == "Tidings by Lamp")
      #expect(lines.last.flatMap { Int($0) } ?? .max < 96 * 1024, "\(run.output) KiB")
    }
  }
}
