# Where `make install` puts things; DESTDIR stands before it for packagers.
PREFIX ?= /usr/local
strict := --explicit-target-dependency-import-check error
release := -c release --static-swift-stdlib --product nsh

.PHONY: build test lint format docs fuzz bench release install clean

# Builds the shell for development: .build/debug/nsh.
build:
	swift build $(strict)

# Installs what the tests need and runs all of them, as CI does.
test:
	Tests/run

# Checks the layout of every Swift file.
lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# Lays every Swift file out.
format:
	swift format format --in-place --recursive Sources Tests Package.swift

# Writes share/nsh/doc/commands.md and the manual page anew from the declarations of the commands and options.
docs:
	NSH_REWRITE=1 swift test $(strict) --filter 'CommandsPageTests|ManualPageTests'

# Fuzzes every decoder and the parser for a minute each.
fuzz:
	Tests/Fuzz/run 60

# Measures the shell beside its peers, and prints the ratios.
bench:
	Tests/Bench/run

# Builds the shell optimised, with Swift's own libraries linked statically.
release:
	swift build $(strict) $(release)

# Installs the release under PREFIX: bin/nsh, share/nsh with what it reads, and the manual page.
install: release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share
	install -s "$$(swift build $(release) --show-bin-path)/nsh" $(DESTDIR)$(PREFIX)/bin/nsh
	cp -R share/nsh $(DESTDIR)$(PREFIX)/share/
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 share/man/man1/nsh.1 $(DESTDIR)$(PREFIX)/share/man/man1/nsh.1

# Removes everything that was built.
clean:
	rm -rf .build
