// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/eora_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <system_error>
#include <utility>

#include "linchpin/table/formats/matrix_reader_member.h"

namespace linchpin {
namespace {

struct BlockNames {
  std::string_view what;                    // for messages
  std::string_view example;                 // for messages
  std::array<std::string_view, 2> letters;  // "T.csv", "Eora26_2015_bp_T.txt"
  std::string_view results;                 // "..._T-Results_..."
};

BlockNames names_of(TableBlock block) noexcept {
  switch (block) {
    case TableBlock::flows:
      return {"intermediate flows", "Eora26_2015_bp_T.txt", {"t", "t"}, "_t-results_"};
    case TableBlock::final_demand:
      return {"final demand", "Eora26_2015_bp_FD.txt", {"fd", "y"}, "_y-results_"};
    case TableBlock::value_added:
      break;
  }
  return {"value added", "Eora26_2015_bp_VA.txt", {"va", "v"}, "_v-results_"};
}

bool is_block(std::string_view name, BlockNames const& names) {
  if (name.find(names.results) != std::string_view::npos) {
    return name.find("markup001") != std::string_view::npos;
  }
  auto const dot = name.rfind('.');
  if (dot == std::string_view::npos || name.starts_with("labels_") || name.starts_with("index_")) {
    return false;
  }
  auto const extension = name.substr(dot + 1);
  if (extension != "txt" && extension != "csv") return false;
  auto const stem = name.substr(0, dot);
  return std::any_of(names.letters.begin(), names.letters.end(), [&](std::string_view letters) {
    return stem == letters || (stem.ends_with(letters) && stem.size() > letters.size() &&
                               stem[stem.size() - letters.size() - 1] == '_');
  });
}

std::string_view folder_of(std::string_view member) {
  auto const slash = member.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : member.substr(0, slash);
}

}  // namespace

std::string lower_file_name(std::string_view member) {
  auto const slash = member.rfind('/');
  std::string name{slash == std::string_view::npos ? member : member.substr(slash + 1)};
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (std::string_view const ending : {".gz", ".zst"}) {
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

std::vector<std::string> block_members(Bundle const& bundle, TableBlock block) {
  auto const names = names_of(block);
  std::vector<std::string> result;
  for (auto const& member : bundle.members()) {
    if (is_block(lower_file_name(member), names)) result.push_back(member);
  }
  return result;
}

std::string only_block_member(Bundle const& bundle, TableBlock block, std::string const& of,
                              ProblemList& problems) {
  auto const names = names_of(block);
  auto found = block_members(bundle, block);
  if (!of.empty()) {
    auto const wanted = bundle.find(of).value_or(of);
    std::erase_if(found, [&](std::string const& each) {
      return folder_of(each) != folder_of(wanted) ||
             year_in_name(lower_file_name(each)) != year_in_name(lower_file_name(wanted));
    });
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    problems.add(ErrorCode::missing_value,
                 fmt::format("there is no file of {} (named like {})", names.what, names.example),
                 bundle.name(),
                 "name the folder or archive that holds all files of one year of the release");
  } else {
    problems.add(ErrorCode::bad_format,
                 fmt::format("there are {} files of {}: {} and {}{}", found.size(), names.what,
                             found[0], found[1], found.size() > 2 ? " …" : ""),
                 bundle.name(),
                 "name a file of the year you want with --member, or put each year in a folder of "
                 "its own");
  }
  return {};
}

Result<CsvReader> open_numbers(Bundle const& bundle, std::string const& member) {
  return bundle.open_csv(member, separator_of(bundle.first_line(member)));
}

CsvDialect separator_of(std::string_view line) noexcept {
  for (char const separator : {'\t', ';'}) {
    if (line.find(separator) != std::string_view::npos) return {separator};
  }
  return {','};
}

bool looks_like_numbers(std::string_view line) noexcept {
  constexpr std::string_view allowed = "0123456789.,;eE+- \t";
  return line.find_first_not_of(allowed) == std::string_view::npos &&
         line.find_first_of("0123456789") != std::string_view::npos;
}

LabelFiles::LabelFiles(Bundle const& bundle) : bundle_(bundle) {
  std::error_code ignored;
  std::filesystem::path const path = bundle.name();
  if (!std::filesystem::exists(path, ignored)) return;  // members held in memory
  auto const add = [&](std::filesystem::path const& other) {
    if (!std::filesystem::is_regular_file(other, ignored)) return;
    if (auto opened = Bundle::open(other)) others_.push_back(std::move(*opened));
  };
  bool const folder = std::filesystem::is_directory(path, ignored);
  if (auto const inside = bundle.find("indices.zip"); folder && inside) add(path / *inside);
  auto const beside = std::filesystem::absolute(path, ignored).lexically_normal().parent_path();
  if (beside.empty() || folder) return;
  add(beside / "indices.zip");
  // Single files, not the folder: it may be a large one.
  for (std::string_view const name :
       {"labels_T.txt", "labels_FD.txt", "labels_VA.txt", "index_t.csv", "index_y.csv",
        "index_v.csv", "regions.csv", "sectors.csv", "final_demand.csv", "value_added.csv",
        "value_added_and_final_demand.csv"}) {
    add(beside / name);
  }
}

LabelFiles::Found LabelFiles::find(std::initializer_list<std::string_view> names) const {
  for (auto const name : names) {
    if (auto member = bundle_.find(name)) return {&bundle_, std::move(*member)};
    for (auto const& other : others_) {
      if (auto member = other.find(name)) return {&other, std::move(*member)};
    }
  }
  return {};
}

bool LabelFiles::has(std::initializer_list<std::string_view> names) const {
  return find(names).bundle != nullptr;
}

Result<CsvReader> LabelFiles::open(std::initializer_list<std::string_view> names) const {
  auto const found = find(names);
  if (found.bundle == nullptr) {
    return fail(ErrorCode::missing_value,
                fmt::format("there is no file {}", fmt::join(names, " or ")), bundle_.name(),
                "put it beside the numbers; the publisher gives the labels with each release");
  }
  return found.bundle->open_csv(found.member, separator_of(found.bundle->first_line(found.member)));
}

}  // namespace linchpin
