/// Texts that no literal of this library matches: empty, huge, digits of other scripts, NUL, white space, wrong signs.
let hostileTexts: [String] = [
  "", " ", "\0", "\n", ":", "::::", ".", "...", "/", "%", "-", "+", "[", "]", "[]", "[]:", "[]:80", "é", "\u{301}",
  "١٢٣", "１.２.３.４", "１２:３４:５６:７８:９０:１２", "192.0.2.1\0", "\0192.0.2.1", " 192.0.2.1", "192.0.2.1 ",
  "192.0.2.1\n", "٢٠٢٦-١١-٢٣", "５ms", "５B", "5\0ms", "5ms\0", "2026-11-23\0", "fe80::1%", "fe80::1%\0",
  String(repeating: "1", count: 200_000), String(repeating: ":", count: 200_000),
  String(repeating: "1.", count: 100_000), String(repeating: "a", count: 200_000) + ":",
  String(repeating: "0", count: 200_000), "[" + String(repeating: "1:", count: 100_000) + "]",
  "\u{1F4A3}", "\u{202E}1.2.3.4", "+1s", "--1s", "1e3s", "0x10B", "∞", "NaN", "null",
]
