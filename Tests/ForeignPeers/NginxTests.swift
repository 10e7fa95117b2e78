import TestSupport
import Testing

/// The built program against nginx.
struct NginxTests {
  private static let size = 100_000_000

  /// Runs a line of bash with `$nsh`, `$url` and the served folder as the working directory.
  private func bash(_ line: String, _ nginx: Nginx) throws -> (output: String, status: Int32) {
    let result = try Program(
      "bash", "-o", "pipefail", "-c",
      "export XDG_CACHE_HOME='\(nginx.folder.path)'; nsh='\(Tree.nsh)'; url=http://127.0.0.1:\(nginx.port); cd '\(nginx.folder.path)' || exit; \(line)"
    ).finish()
    return (String(decoding: result.output, as: UTF8.self), result.status)
  }

  @Test func aBigFileComesWholeAndInLittleMemory() throws {
    let nginx = try Nginx()
    #expect(try bash("head -c \(Self.size) /dev/urandom > big", nginx).status == 0)

    let piped = try bash(#""$nsh" -c "http get $url/big | get body" | cmp - big"#, nginx)
    #expect(piped.status == 0 && piped.output.isEmpty, "\(piped.output)")

    // The peak of the resident memory, from wait4(2), in KiB.
    try nginx.folder.write("measure.py", Array(Python.peakOfMemory.utf8))
    let saved = try bash(#"python3 measure.py "$nsh" -c "http get $url/big | save copy" && cmp copy big"#, nginx)
    #expect(saved.status == 0)
    let peak = try #require(Int(saved.output.split(separator: "\n").first ?? ""))
    #expect(peak < 64 * 1024, "\(peak) KiB")

    // A transfer that is cut never stands under the final name.
    let cut = try bash(
      #""$nsh" --timeout 20ms -c "http get $url/big | save cut"; s=$?; ls -A | grep cut; exit $s"#, nginx)
    #expect(cut.status == 28 && cut.output.isEmpty, "\(cut.output)")
    try nginx.stop()
  }

  @Test func everyDepthGivesTheSameDocument() throws {
    let nginx = try Nginx()
    let script = """
      let server = 127.0.0.1:\(nginx.port)
      let page = http get http://$server/rfc2324.txt
      assert $page.status == 200
      assert $page.headers.Server =~ '^nginx'
      let chunked = http get http://$server/chunked/rfc2324.txt
      assert $chunked.headers.transfer-encoding == 'chunked'

      let c = tcp connect $server
      send "GET /rfc2324.txt HTTP/1.1\\r\\nHost: $server\\r\\nConnection: close\\r\\n\\r\\n"
      let status = recv line
      assert $status == 'HTTP/1.1 200 OK'
      let fields = recv until "\\r\\n\\r\\n"
      let typed = recv all
      close $c

      let c = tcp connect $server
      send "GET /chunked/rfc2324.txt HTTP/1.1\\r\\nHost: $server\\r\\nConnection: close\\r\\n\\r\\n"
      let head = recv until "\\r\\n\\r\\n"
      let coded = recv all
      close $c

      let c = tcp connect $server
      send "GET /chunked/rfc2324.txt HTTP/1.0\\r\\nHost: $server\\r\\n\\r\\n"
      let old = recv all
      close $c

      let c = tcp connect $server
      send (http build GET http://$server/chunked/rfc2324.txt)
      let bytes = 0x[]
      loop {
        let piece = recv 700
        if $piece == null { break }
        set bytes = $bytes + $piece
      }
      let library = rfc 2324 --base http://$server/

      let original = open rfc2324.txt
      let got = [$page.body $chunked.body $typed (http dechunk $coded) (http parse $old).body (http parse $bytes).body $library]
      for document in $got { $document == $original }
      """
    try nginx.folder.write("depths.nsh", Array(script.utf8))
    let run = try bash(#""$nsh" depths.nsh"#, nginx)
    #expect(run.status == 0)
    #expect(run.output == String(repeating: "true\n", count: 7))
    try nginx.stop()
  }

  @Test func askingTooMuchIsAStatus() throws {
    let nginx = try Nginx()
    #expect(try bash(#""$nsh" -c "http get $url/missing | get status""#, nginx).output == "404\n")
    #expect(try bash(#""$nsh" -c "http get --fail $url/missing" 2>/dev/null"#, nginx).status == 22)
    #expect(
      try bash(#""$nsh" -c "http head $url/rfc2324.txt | get headers | get content-length""#, nginx).output == "4630\n")
    try nginx.stop()
  }
}
