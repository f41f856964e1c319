// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/fetch/fetch.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "linchpin/table/files/atomic_file.h"
#include "linchpin/table/fetch/http_download.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin {
namespace fs = std::filesystem;
namespace {

fs::path folder_of(TableSource const& source, fs::path const& cache) { return cache / source.name; }

std::string content(fs::path const& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string licence_text(TableSource const& source) {
  return fmt::format("{}\n\n{}\n{}\n\nPlease cite: {}\n", source.title, source.licence,
                     source.licence_url, source.attribution);
}

/// The file beside a download that keeps its hash, to see later whether it is still the same.
fs::path hash_path(fs::path const& file) { return file.string() + ".sha256"; }

/// What the cache holds, if it is whole; nothing otherwise.
Result<FetchedFile> cached(TableSource const& source, fs::path const& path) {
  auto sha256 = sha256_of_file(path);
  if (!sha256) return fail(sha256.error());
  auto const expected =
      source.sha256.empty() ? content(hash_path(path)).substr(0, sha256->size()) : source.sha256;
  std::error_code problem;
  FetchedFile file{path, *std::move(sha256),    fs::file_size(path, problem), 0,
                   true, !source.sha256.empty()};
  bool const same_size = source.bytes == 0 || source.bytes == file.bytes;
  if (!problem && file.sha256 == expected && same_size) return file;
  return fail(ErrorCode::unreadable_file, "the file in the cache is not the one that was fetched",
              path.string(), "fetch it again");
}

}  // namespace

Result<FetchedFile> fetch_file(TableSource const& source, FetchOptions const& options,
                               RunControl const& control) {
  if (source.status != TableSource::Status::open) {
    return fail(ErrorCode::missing_value,
                fmt::format("'{}' cannot be fetched: {}", source.name,
                            source.status == TableSource::Status::login
                                ? "the publisher asks for a login"
                                : "the publisher hands out no form of it that can be read"),
                source.page, source.note);
  }
  auto const path = folder_of(source, options.cache) / source.file;
  std::error_code ignored;
  if (!options.again && fs::exists(path, ignored)) {
    if (auto file = cached(source, path)) return file;
  }
  auto const report = download({.url = source.url,
                                .target = path,
                                .largest_bytes = source.largest_bytes,
                                .bytes = source.bytes,
                                .sha256 = source.sha256,
                                .loopback_http = options.loopback_http,
                                .stall_seconds = options.stall_seconds},
                               control);
  if (!report) return fail(report.error());
  auto const line = fmt::format("{}  {}\n", report->sha256, source.file);
  if (auto const kept = write_text_atomically(hash_path(path), line); !kept) {
    return fail(kept.error());
  }
  return FetchedFile{path,  report->sha256,        report->bytes, report->resumed,
                     false, !source.sha256.empty()};
}

Result<Table> read_fetched(FetchedFile const& file, TableSource const& source,
                           ReadOptions const& options, RunControl const& control) {
  auto how = options;
  if (how.format.empty()) how.format = source.format;
  if (how.member.empty()) how.member = source.member;
  auto table = read_table(file.path, how, control);
  if (!table) return table;
  auto& info = table->info;
  auto const state = [](std::string& text, std::string const& stated) {
    if (text.empty()) text = stated;
  };
  state(info.title, source.title);
  state(info.source, source.attribution);
  state(info.licence, source.licence);
  if (info.year == 0) info.year = source.year;
  if (!info.history.empty()) info.history += '\n';
  info.history += fmt::format("fetched from {} (SHA-256 {})", source.url, file.sha256);
  return table;
}

bool licence_is_new(TableSource const& source, fs::path const& cache) {
  return content(folder_of(source, cache) / "LICENCE.txt") != licence_text(source);
}

Result<void> record_licence(TableSource const& source, fs::path const& cache) {
  return write_text_atomically(folder_of(source, cache) / "LICENCE.txt", licence_text(source));
}

}  // namespace linchpin
