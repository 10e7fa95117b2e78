// OpenSSL 3 for Swift. The library is linked as an archive (see Package.swift), since loading it costs a third of the start-up time.
#pragma once
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
