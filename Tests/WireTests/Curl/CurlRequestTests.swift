import Net
import TestSupport
import Testing
import Wire

/// Lines of curl: their words beside bash's, and what their options mean.
@Suite struct CurlRequestTests {
  @Test func dividesWordsAsBashDoes() throws {
    var random = SeededRandom(seed: 12)
    let parts = [
      "'", "\"", "\\", " ", "\t", "a", "b c", "$'", "$", "\\n", "\\x41", "\\u00e9", "\\101", "\\'", "\\\"", "-d", "ü",
      "#x", "=", "&", "\\\n",
      "'a b'", "\"x y\"", "$'\\t'", "@f", "%20", "{}", "!",
    ]
    var lines = ["curl -d 'it'\\''s' \"a\\$b\" $'\\e[0m\\\\' ''", "curl \\\n  -X PUT \\\n  http://h"]
    for _ in 0..<600 { lines.append("w " + (0..<random.below(8)).map { _ in random.pick(parts) }.joined()) }
    var compared = 0
    var script: [String] = []
    var expected: [[[UInt8]]] = []
    for line in lines {
      // A line's end that is not escaped ends the command, where ShellWords goes on as somebody who pastes wants it.
      guard !line.contains("\\\\\n") else { continue }
      // What glob, braces, comments and history would change is not for ShellWords, which takes them as they stand.
      guard !line.contains("{"), !line.contains("#"), !line.contains("!"), let words = try? ShellWords.split(line)
      else { continue }
      script.append(
        "for w in \(line); do printf '%s' \"$w\" | od -An -v -tx1 | tr -d ' \\n'; printf ' .'; done; echo\n")
      expected.append(words)
      compared += 1
    }
    let folder = try TemporaryFolder()
    try folder.write("lines", Array(("set -f\nexport LC_ALL=C.UTF-8\n" + script.joined()).utf8))
    let (output, status) = try Program("timeout", "120", "bash", "\(folder.path)/lines").finish()
    #expect(status == 0 && compared > 100)
    let answers = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for (answer, words) in zip(answers, expected) {
      let wanted = words.map { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + " ." }.joined()
      #expect(answer == wanted, "\(words.map { String(decoding: $0, as: UTF8.self) })")
    }
  }

  private func one(_ line: String) throws -> CurlRequest {
    let requests = try CurlRequest.all(in: line)
    #expect(requests.count == 1)
    return try #require(requests.first)
  }

  @Test func makesTheMethodOfTheRest() throws {
    for (line, method) in [
      ("curl h", "GET"), ("curl -d a h", "POST"), ("curl -I h", "HEAD"), ("curl -G -d a h", "GET"),
      ("curl -T f h", "PUT"),
      ("curl -F a=b h", "POST"), ("curl -XDELETE h", "DELETE"), ("$ curl -sSLkX PATCH h", "PATCH"),
      ("curl --json {} h", "POST"),
      ("/usr/bin/curl --request=OPTIONS h", "OPTIONS"),
    ] {
      #expect(try one(line).method == method, "\(line)")
    }
  }

  @Test func readsOptions() throws {
    let request = try one(
      """
      curl 'https://h/a?b' -H 'Accept: */*' -H 'X-Empty;' -H 'Host:' --data-raw '@not a file' -d @file --data-binary @raw \\
        --data-urlencode 'n=a b' -b 'c=d' -A agent -e http://r/ -u me:pw -L --max-redirs 3 -m 2.5 -x http://p:3128 --compressed -k -o out
      """)
    #expect(
      request.url == "https://h/a?b" && request.user == "me:pw" && request.cookies == ["c=d"] && request.output == "out"
    )
    #expect(request.headers.map(\.name) == ["Accept", "X-Empty", "Host", "User-Agent", "Referer"])
    #expect(request.headers[1].value == "" && request.headers[2].value == nil)
    #expect(
      request.data == [
        .text(Array("@not a file".utf8)), .file("file", stripped: true), .file("raw", stripped: false),
        .encoded(name: "n", Array("a b".utf8)),
      ])
    #expect(request.contentType == "application/x-www-form-urlencoded")
    #expect(
      request.options.map { "\($0.name)=\($0.value ?? "")" } == [
        "timeout=2500ms", "compressed=", "insecure=", "follow=3", "proxy=http://p:3128",
      ])
    let form = try one("curl -F 'a=b;c' -F 'f=@p.png;type=image/png;filename=x.png' --form-string 'g=@h' h")
    #expect(form.parts.map(\.name) == ["a", "f", "g"] && form.parts[0].text == "b;c" && form.parts[2].text == "@h")
    #expect(form.parts[1].file == "p.png" && form.parts[1].type == "image/png" && form.parts[1].fileName == "x.png")
  }

  @Test func severalURLsAreSeveralRequests() throws {
    let requests = try CurlRequest.all(
      in: "curl h/a -o x 'h/b?c' -O -H 'A: 1' -d z --next -T f h/c -C - -o y -: h/d -U 'm e:p' -x p:1")
    #expect(requests.map(\.url) == ["http://h/a", "http://h/b?c", "http://h/c", "http://h/d"])
    #expect(requests.map(\.method) == ["POST", "POST", "PUT", "GET"])
    #expect(requests.map(\.headers.count) == [1, 1, 0, 0])
    #expect(requests.map(\.output) == ["x", "b", "y", nil])
    #expect(requests.map(\.continues) == [false, false, true, false])
    #expect(requests[3].options.map { "\($0.name)=\($0.value ?? "")" } == ["proxy=m%20e:p@p:1"])
    #expect(try CurlRequest.all(in: "curl -F 'a=<f;type=t' h")[0].parts[0].textFile == "f")
  }

  @Test func refusesWhatItCannotTakeOver() {
    let cases: [(String, CurlError)] = [
      ("curl 'http://h", .unfinished(offset: 5)), ("curl \"h", .unfinished(offset: 5)),
      ("curl h\\", .unfinished(offset: 6)),
      ("curl $HOME", .shellSyntax("$", offset: 5)), ("curl h | jq", .shellSyntax("|", offset: 7)),
      ("curl \"`x`\"", .shellSyntax("`", offset: 6)),
      ("curl h; ls", .shellSyntax(";", offset: 6)), ("curl \"$1\"", .shellSyntax("$", offset: 6)),
      ("wget h", .notCurl("wget")), ("", .notCurl("")), ("curl", .noURL),
      ("curl a --next", .noURL), ("curl -b jar h", .unknownOption("--cookie FILE")),
      ("curl -O h/", .badValue("--remote-name", "http://h/")),
      ("curl --frobnicate h", .unknownOption("--frobnicate")),
      ("curl -d", .missingValue("-d")),
      ("curl -m x h", .badValue("--max-time", "x")), ("curl ftp://h/", .badValue("URL", "ftp://h/")),
    ]
    for (line, error) in cases { #expect(throws: error) { try CurlRequest.all(in: line) } }
  }

  @Test func anyLineIsReadOrRefused() {
    var random = SeededRandom(seed: 5)
    let sample = Array("curl -X 'PUT' $'http://h\\u00e9' -F a=@b -d @c --max-time 3 -G \"x\"".utf8)
    for index in sample.indices {
      for _ in 0..<20 {
        var bytes = sample
        bytes[index] = UInt8(truncatingIfNeeded: random.next())
        _ = try? CurlRequest.all(in: String(decoding: bytes, as: UTF8.self))
      }
      _ = try? CurlRequest.all(in: String(decoding: sample.prefix(index), as: UTF8.self))
    }
  }
}
