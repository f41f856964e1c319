// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <vector>

#include "linchpin/table/input_file.h"

namespace linchpin {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 18;

tl::unexpected<Error> openssl_failed(std::string const& file) {
  return fail(ErrorCode::internal, "OpenSSL cannot compute SHA-256", file,
              "check the OpenSSL installation");
}

}  // namespace

Result<std::string> sha256_of_file(std::filesystem::path const& path) {
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
    return openssl_failed(file->name());
  }
  std::vector<char> buffer(chunk_size);
  for (;;) {
    auto const count = file->read(buffer);
    if (!count) return fail(count.error());
    if (*count == 0) break;
    if (EVP_DigestUpdate(context.get(), buffer.data(), *count) != 1) {
      return openssl_failed(file->name());
    }
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1) {
    return openssl_failed(file->name());
  }
  std::string text;
  for (unsigned k = 0; k < length; ++k) text += fmt::format("{:02x}", digest[k]);
  return text;
}

}  // namespace linchpin
