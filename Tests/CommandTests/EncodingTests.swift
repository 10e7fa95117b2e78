import TestSupport
import Testing

/// Bytes to text and back, in integers, compressed and hashed: limits and errors; the wholes are tested in NetTests and CodingTests.
@Suite struct EncodingTests {
  @Test(arguments: [
    ("'a' | from hex", "error: bad-hex"), ("'Zg' | from base64", "error: bad-base64"),
    ("'1' | from base32", "error: bad-base32"),
    ("'%4' | from percent", "error: bad-percent"), ("'%ff' | from percent", "error: not-utf8"),
    ("0x[61 ff] | from utf8", "error: not-utf8"), ("'€' | to latin1", "error: not-latin1"),
    ("0x[80 ff] | from latin1 | to latin1 | to hex", "80ff"), ("192.0.2.1 | to hex", "error: wrong-type"),
    // Integers of every size, both orders and both signs.
    ("1..8 | each {|n| 1 | to bytes $n | to hex} | last", "0000000000000001"),
    ("18446744073709551615 | to bytes 8 | from bytes", "18446744073709551615"),
    ("18446744073709551616 | to bytes 8", "error: overflow"), ("256 | to bytes 1", "error: overflow"),
    ("-129 | to bytes 1", "error: overflow"), ("-128 | to bytes 1 | from bytes --signed", "-128"),
    ("-9223372036854775808 | to bytes 8 --little | from bytes --little --signed", "-9223372036854775808"),
    ("-9223372036854775809 | to bytes 8", "error: overflow"), ("-2 | to bytes 3 | from bytes --signed", "-2"),
    ("1 | to bytes 0", "error: bad-size"), ("1 | to bytes 9", "error: bad-size"),
    ("'' | from bytes", "error: bad-size"),
    ("0x[00 00 00 00 00 00 00 00 00] | from bytes", "error: bad-size"), ("1.5 | to bytes 2", "error: wrong-type"),
    // Parts and places.
    ("'äöü' | slice 1", "öü"), ("'äöü' | slice -2 -1", "ö"), ("'abc' | slice 5", ""), ("'abc' | slice 2 1", ""),
    ("'abc' | slice -9223372036854775808 9223372036854775807", "abc"), ("5 | slice 1", "error: wrong-type"),
    ("'äöü' | find ü", "2"), ("'aaaa' | find aa --all | join ' '", "0 2"), ("'äb' | find '' --all | join ' '", "0 1 2"),
    (#"'äbä' | find re'x*' --all | join ' '"#, "0 1 2 3"), ("0x[c3 a4 00] | find 0x[00]", "2"), ("'' | find ''", "0"),
    ("'' | find x | type", "null"), ("[] | find x --all | len", "0"), ("[1 2.0 2] | find 2 --all | join ' '", "1 2"),
    (#"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' | find re'(a+)+$'"#, "error: match-limit"),
    // Compression.
    ("0x[1f] | from gzip", "error: truncated"), ("'no' | from gzip", "error: corrupt"),
    ("('x' | to gzip) + 'more' | from gzip", "error: trailing-bytes"), ("'x' | to gzip --level 10", "error: bad-level"),
    ("('a' | to gzip) + ('b' | to gzip) | from gzip", "ab"), ("'' | to gzip | from gzip | len", "0"),
    ("1..100000 | each { $in } | to gzip | from gzip | lines | last", "100000"),
    ("1.. | each { $in } | to gzip | from gzip | lines | first 2 | join ' '", "1 2"),
    ("'x' * 5000 | to deflate --raw | from deflate --raw --limit 4999B", "error: too-large"),
    // Hashes.
    ("[abc] | each { $in | hash sha1 } | first", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("1..3 | each { $in } | hash md5 | $in == (\"1\\n2\\n3\\n\" | hash md5)", "true"),
    ("'x' | hash sha256 --bytes | type", "bytes"), ("'x' | hash nope", "check: `algorithm` is one of"),
    ("let a = 'md6'; 'x' | hash $a", "error: unknown-algorithm"),
  ]) func gives(_ line: String, _ output: String) {
    let shell = Shell()
    let actual = shell.line(line)
    #expect(output.hasPrefix("check:") ? actual.hasPrefix(output) : actual == output, "\(line)")
  }
}
