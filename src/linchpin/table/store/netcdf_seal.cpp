// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/netcdf_seal.h"

#include <cstdint>

#include "linchpin/table/files/sha256.h"

namespace linchpin {
namespace {

constexpr std::string_view seal_start = "\n#linchpin sha256 ";
constexpr std::size_t seal_length = seal_start.size() + 64 + 1;

}  // namespace

/// HDF5 writes the end of the file into its superblock (file format specification, section II.A:
/// version 0 has it at byte 40, versions 2 and 3 at byte 28, eight bytes little-endian if byte 13,
/// or 9, says so). An unfamiliar superblock keeps what is behind the end.
std::string_view hdf5_content(std::string_view image) noexcept {
  constexpr std::size_t shortest = 48;
  if (image.size() < shortest) return image;
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(image[k]); };
  bool const first_version = byte(8) == 0 && byte(13) == 8;
  bool const late_version = (byte(8) == 2 || byte(8) == 3) && byte(9) == 8;
  if (!first_version && !late_version) return image;
  std::size_t const at = first_version ? 40 : 28;
  std::uint64_t length = 0;
  for (std::size_t k = 8; k-- > 0;) length = (length << 8U) | byte(at + k);
  if (length < shortest || length > image.size()) return image;
  return image.substr(0, static_cast<std::size_t>(length));
}

Result<std::string> seal_of(std::string_view content) {
  auto digest = sha256_of_bytes(content);
  if (!digest) return digest;
  return std::string{seal_start} + *digest + "\n";
}

Result<std::string_view> check_seal(std::string_view bytes, std::string const& file) {
  auto const damaged = [&](char const* what) {
    return fail(ErrorCode::unreadable_file, what, file,
                "the file is truncated or damaged: copy it again, or make it anew with "
                "'linchpin table import'");
  };
  if (bytes.size() > seal_length) {
    auto const content = bytes.substr(0, bytes.size() - seal_length);
    auto const tail = bytes.substr(content.size());
    if (tail.starts_with(seal_start)) {
      auto const seal = seal_of(content);
      if (!seal) return fail(seal.error());
      if (*seal != tail) return damaged("the content does not fit the file's checksum");
      return content;
    }
  }
  // A seal that was cut or overwritten still stands behind the end.
  if (hdf5_content(bytes).size() != bytes.size()) return damaged("the end of the file is damaged");
  return bytes;
}

}  // namespace linchpin
