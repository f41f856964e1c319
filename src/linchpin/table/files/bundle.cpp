// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>
#include <unordered_map>

#include "linchpin/core/contracts.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/table/files/bundle_archive.h"
#include "linchpin/table/files/read_ahead.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::size_t most_members = 10'000;
constexpr int deepest_folder = 8;

std::string_view last_part(std::string_view member) {
  auto const slash = member.rfind('/');
  return slash == std::string_view::npos ? member : member.substr(slash + 1);
}

std::string first_line_of(ByteSource& source) {
  std::string text;
  std::array<char, 65536> buffer{};
  constexpr std::size_t most_read = std::size_t{1} << 20;  // with the blank lines in front
  for (std::size_t seen = 0; text.size() < buffer.size() && seen < most_read;) {
    auto const count = source.read(std::span(buffer).first(buffer.size() - text.size()));
    if (!count || *count == 0) break;
    seen += *count;
    text.append(buffer.data(), *count);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    text.erase(0, std::min(text.size(), text.find_first_not_of(" \t\r\n")));
    if (text.find('\n') != std::string::npos) break;
  }
  text.resize(std::min(text.size(), text.find('\n')));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace

struct Bundle::Contents {
  std::string name;
  std::vector<std::string> members;

  Contents() = default;
  Contents(Contents const&) = delete;
  Contents& operator=(Contents const&) = delete;
  virtual ~Contents() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<ByteSource>> open(
      std::string const& member) const = 0;
  /// The first bytes of a member, for its first line. Not every way to hold members can open one
  /// quickly.
  [[nodiscard]] virtual Result<std::unique_ptr<ByteSource>> open_start(
      std::string const& member) const {
    return open(member);
  }
  [[nodiscard]] virtual std::string first_line(std::string const& member) const {
    auto const source = open_start(member);
    return source ? first_line_of(**source) : std::string{};
  }
  [[nodiscard]] virtual bool single_file() const noexcept { return false; }
  /// Name of a member for messages.
  [[nodiscard]] virtual std::string place(std::string const& member) const {
    return name + ":" + member;
  }
};

struct Bundle::FileContents final : Contents {
  std::filesystem::path path;
  std::string start;  // its first line: every format asks for it
  Result<std::unique_ptr<ByteSource>> open(std::string const& /*member*/) const override {
    return linchpin::open_bytes(path);
  }
  std::string first_line(std::string const& /*member*/) const override { return start; }
  bool single_file() const noexcept override { return true; }
  std::string place(std::string const& /*member*/) const override { return name; }
};

struct Bundle::FolderContents final : Contents {
  std::filesystem::path path;
  Result<std::unique_ptr<ByteSource>> open(std::string const& member) const override {
    return linchpin::open_bytes(path / member);
  }
  std::string place(std::string const& member) const override { return (path / member).string(); }

  Result<void> list() {
    std::error_code failure;
    std::filesystem::recursive_directory_iterator entry(path, failure), end;
    while (!failure && entry != end) {
      if (entry.depth() >= deepest_folder) entry.disable_recursion_pending();
      std::error_code unknown;
      if (entry->is_regular_file(unknown)) {
        members.push_back(entry->path().lexically_relative(path).generic_string());
      }
      if (members.size() > most_members) {
        return fail(ErrorCode::bad_format,
                    fmt::format("the folder holds over {} files", most_members), name,
                    "name the folder that holds the table and nothing else");
      }
      entry.increment(failure);
    }
    if (failure) {
      return fail(ErrorCode::unreadable_file,
                  fmt::format("the folder cannot be listed ({})", failure.message()), name,
                  "check its permissions");
    }
    return {};
  }
};

struct Bundle::ArchiveContents final : Contents {
  std::filesystem::path path;
  Result<std::unique_ptr<ByteSource>> open(std::string const& member) const override {
    return open_archive_member(path, member);
  }
  // An archive is searched from its front to open a member. With thousands of members, each asked
  // for its first line by each format, that would take hours.
  std::unordered_map<std::string, std::string> starts;
  Result<std::unique_ptr<ByteSource>> open_start(std::string const& member) const override {
    return decompressed(source_of(starts.at(member)), place(member));
  }
};

struct Bundle::MemoryContents final : Contents {
  std::vector<std::pair<std::string, std::string>> texts;
  Result<std::unique_ptr<ByteSource>> open(std::string const& member) const override {
    auto const text = std::find_if(texts.begin(), texts.end(),
                                   [&](auto const& each) { return each.first == member; });
    LINCHPIN_EXPECTS(text != texts.end());
    return decompressed(source_of(text->second), place(member));
  }
  bool single_file() const noexcept override { return texts.size() == 1; }
};

Bundle::Bundle(std::unique_ptr<Contents> contents) noexcept : contents_(std::move(contents)) {}
Bundle::Bundle(Bundle&&) noexcept = default;
Bundle& Bundle::operator=(Bundle&&) noexcept = default;
Bundle::~Bundle() = default;

Result<Bundle> Bundle::open(std::filesystem::path const& path) {
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) {
    auto folder = std::make_unique<FolderContents>();
    folder->name = path.string();
    folder->path = path;
    if (auto const listed = folder->list(); !listed) return fail(listed.error());
    std::sort(folder->members.begin(), folder->members.end());
    return Bundle(std::move(folder));
  }
  auto const archive = looks_like_archive(path);
  if (!archive) return fail(archive.error());
  if (*archive) {
    auto members = archive_members(path, most_members);
    if (!members) return fail(members.error());
    auto contents = std::make_unique<ArchiveContents>();
    contents->name = path.string();
    contents->path = path;
    for (auto& member : *members) {
      contents->members.push_back(member.name);
      contents->starts.emplace(std::move(member.name), std::move(member.start));
    }
    std::sort(contents->members.begin(), contents->members.end());
    return Bundle(std::move(contents));
  }
  auto file = std::make_unique<FileContents>();
  file->name = path.string();
  file->path = path;
  file->members = {path.filename().string()};
  if (auto const source = linchpin::open_bytes(path)) file->start = first_line_of(**source);
  return Bundle(std::move(file));
}

Bundle Bundle::of_texts(std::string name,
                        std::vector<std::pair<std::string, std::string>> members) {
  auto contents = std::make_unique<MemoryContents>();
  contents->name = std::move(name);
  for (auto const& [member, text] : members) contents->members.push_back(member);
  std::sort(contents->members.begin(), contents->members.end());
  contents->texts = std::move(members);
  return Bundle(std::move(contents));
}

std::string const& Bundle::name() const noexcept { return contents_->name; }

std::string Bundle::file_name() const {
  auto const path = std::filesystem::path(name()).lexically_normal();
  return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

std::vector<std::string> const& Bundle::members() const noexcept { return contents_->members; }

bool Bundle::single_file() const noexcept { return contents_->single_file(); }

std::optional<std::string> Bundle::find(std::string_view file_name) const {
  auto const wanted = lowercase(file_name);
  std::optional<std::string> best;
  auto const depth = [](std::string const& member) {
    return std::count(member.begin(), member.end(), '/');
  };
  for (auto const& member : members()) {
    auto const name = lowercase(last_part(member));
    if (name != wanted && name != wanted + ".gz" && name != wanted + ".zst") continue;
    if (!best || depth(member) < depth(*best)) best = member;
  }
  return best;
}

Result<std::unique_ptr<ByteSource>> Bundle::open_bytes(std::string const& member) const {
  LINCHPIN_EXPECTS(std::find(members().begin(), members().end(), member) != members().end());
  return contents_->open(member);
}

Result<CsvReader> Bundle::open_csv(std::string const& member, CsvDialect dialect) const {
  auto source = open_bytes(member);
  if (!source) return fail(source.error());
  return CsvReader(contents_->place(member), read_ahead(std::move(*source)), dialect);
}

Result<std::string> Bundle::read_text(std::string const& member, std::size_t most) const {
  auto source = open_bytes(member);
  if (!source) return fail(source.error());
  std::string text;
  std::array<char, 65536> buffer{};
  for (;;) {
    auto const count = (*source)->read(buffer);
    if (!count) return fail(count.error());
    if (*count == 0) return text;
    text.append(buffer.data(), *count);
    if (text.size() > most) {
      return fail(ErrorCode::too_large, fmt::format("the file is over {} MiB", most >> 20U),
                  contents_->place(member),
                  "this file should be small: check that it is the right one");
    }
  }
}

std::string Bundle::first_line(std::string const& member) const {
  LINCHPIN_EXPECTS(std::find(members().begin(), members().end(), member) != members().end());
  return contents_->first_line(member);
}

}  // namespace linchpin
