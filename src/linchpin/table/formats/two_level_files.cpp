// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/table/formats/two_level.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

using Json = nlohmann::json;
constexpr std::string_view parameters_name = "file_parameters.json";

std::string folder_of(std::string_view member) {
  auto const slash = member.rfind('/');
  return slash == std::string_view::npos ? std::string{} : std::string{member.substr(0, slash + 1)};
}

/// Member `folder` + `name` + one of the endings of text files; empty if there is none.
std::string text_member(Bundle const& bundle, std::string const& folder, std::string_view name) {
  auto const& members = bundle.members();
  for (auto const* ending : {".txt", ".csv", ".tsv"}) {
    for (auto const* packed : {"", ".gz", ".zst"}) {
      auto const wanted = fmt::format("{}{}{}{}", folder, name, ending, packed);
      if (std::binary_search(members.begin(), members.end(), wanted)) return wanted;
    }
  }
  return {};
}

/// The names file_parameters.json gives to the matrices of `folder`, as far as they exist.
Result<Json> read_parameters(Bundle const& bundle, std::string const& folder) {
  auto const member = folder + std::string{parameters_name};
  auto const& members = bundle.members();
  if (!std::binary_search(members.begin(), members.end(), member)) return Json::object();
  auto const text = bundle.read_text(member);
  if (!text) return fail(text.error());
  auto json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) {
    return fail(ErrorCode::bad_format, "the file is not a JSON object",
                bundle.name() + ":" + member,
                "save the table again with pymrio, or remove the file");
  }
  return json;
}

std::string named_member(Bundle const& bundle, std::string const& folder, Json const& parameters,
                         char const* matrix) {
  auto const files = parameters.find("files");
  if (files != parameters.end() && files->is_object()) {
    auto const entry = files->find(matrix);
    if (entry != files->end() && entry->is_object() && entry->contains("name") &&
        (*entry)["name"].is_string()) {
      auto const member = folder + (*entry)["name"].get<std::string>();
      auto const& members = bundle.members();
      if (std::binary_search(members.begin(), members.end(), member)) return member;
    }
  }
  return text_member(bundle, folder, matrix);
}

/// Folders with final demand and flows.
std::vector<std::string> table_folders(Bundle const& bundle) {
  std::set<std::string> folders;
  for (auto const& member : bundle.members()) folders.insert(folder_of(member));
  std::erase_if(folders, [&](std::string const& folder) {
    auto const read = read_parameters(bundle, folder);
    auto const parameters = read ? *read : Json::object();
    return named_member(bundle, folder, parameters, "Y").empty() ||
           (named_member(bundle, folder, parameters, "Z").empty() &&
            named_member(bundle, folder, parameters, "A").empty() && read);
  });
  return {folders.begin(), folders.end()};
}

Result<std::string> choose_folder(Bundle const& bundle, ReadOptions const& options) {
  auto const folders = table_folders(bundle);
  if (!options.member.empty()) {
    auto wanted = options.member;
    if (!wanted.ends_with('/')) wanted += '/';
    if (std::find(folders.begin(), folders.end(), wanted) != folders.end()) return wanted;
    return fail(ErrorCode::bad_value,
                fmt::format("there is no table in '{}'", printable(options.member)), bundle.name(),
                did_you_mean(wanted, folders, "name a folder with Y.txt and Z.txt or A.txt"));
  }
  if (folders.size() == 1) return folders.front();
  if (!folders.empty()) {
    return fail(ErrorCode::missing_value,
                fmt::format("it holds {} tables, among them '{}' and '{}'", folders.size(),
                            printable(folders[0]), printable(folders[1])),
                bundle.name(), "choose one with --member FOLDER");
  }
  auto const& members = bundle.members();
  bool const binary = std::any_of(members.begin(), members.end(), [](std::string const& member) {
    return member.ends_with(".parquet") || member.ends_with(".pkl") || member.ends_with(".pickle");
  });
  if (binary) {
    return fail(ErrorCode::bad_format, "the matrices are stored in a binary format", bundle.name(),
                "store them as text: save_all(path, table_format=\"txt\")");
  }
  bool const has_Y = bundle.find("Y.txt").has_value();
  return fail(ErrorCode::missing_value,
              has_Y ? "there is neither Z.txt nor A.txt beside Y.txt" : "there is no Y.txt",
              bundle.name(), "a table needs final demand (Y) and flows (Z), or A and x");
}

Result<void> find_extensions(Bundle const& bundle, TwoLevelFiles& files) {
  std::set<std::string> folders;
  for (auto const& member : bundle.members()) {
    auto const folder = folder_of(member);
    if (folder.size() <= files.folder.size() || !folder.starts_with(files.folder)) continue;
    auto const name = folder.substr(files.folder.size(), folder.size() - files.folder.size() - 1);
    if (name.find('/') == std::string::npos) folders.insert(name);
  }
  for (auto const& name : folders) {
    auto const folder = files.folder + name + "/";
    auto const parameters = read_parameters(bundle, folder);
    if (!parameters) return fail(parameters.error());
    TwoLevelFiles::Extension extension{.name = name};
    extension.F = named_member(bundle, folder, *parameters, "F");
    if (extension.F.empty()) continue;
    if (lowercase(name).starts_with("impact")) {
      files.left_out.push_back(name);
      continue;
    }
    // Before 3.8, EXIOBASE said F_hh.
    for (auto const* matrix : {"F_Y", "FY", "F_hh"}) {
      if (extension.F_Y.empty()) extension.F_Y = named_member(bundle, folder, *parameters, matrix);
    }
    extension.unit = named_member(bundle, folder, *parameters, "unit");
    files.extensions.push_back(std::move(extension));
  }
  return {};
}

}  // namespace

bool has_two_level_table(Bundle const& bundle) {
  if (!table_folders(bundle).empty()) return true;
  return bundle.find(parameters_name).has_value();
}

Result<TwoLevelFiles> find_two_level(Bundle const& bundle, ReadOptions const& options) {
  auto const folder = choose_folder(bundle, options);
  if (!folder) return fail(folder.error());
  auto const parameters = read_parameters(bundle, *folder);
  if (!parameters) return fail(parameters.error());
  TwoLevelFiles files;
  files.folder = *folder;
  files.Z = named_member(bundle, *folder, *parameters, "Z");
  files.A = named_member(bundle, *folder, *parameters, "A");
  files.Y = named_member(bundle, *folder, *parameters, "Y");
  files.x = named_member(bundle, *folder, *parameters, "x");
  files.unit = named_member(bundle, *folder, *parameters, "unit");
  auto const metadata = *folder + "metadata.json";
  auto const& members = bundle.members();
  if (std::binary_search(members.begin(), members.end(), metadata)) files.metadata = metadata;
  if (auto const done = find_extensions(bundle, files); !done) return fail(done.error());
  if (files.Z.empty() && files.x.empty()) {
    return fail(ErrorCode::missing_value, "there are coefficients (A) but no output (x.txt)",
                bundle.name(), "flows are Z = A x̂: add x.txt of the same release, or Z.txt");
  }
  return files;
}

MonetaryUnit parse_two_level_unit(std::string_view text) {
  if (auto unit = parse_monetary_unit(std::string{text}); unit.scale != 1.0) return unit;
  // Currency and power of ten in any order, with or without a dot: "M.EUR", "Mill USD", "MEUR".
  std::string currency;
  double scale = 1;
  std::string word;
  auto const take = [&] {
    auto const small = lowercase(word);
    if (small.empty()) return;
    if (small == "m" || small.starts_with("mil") || small.starts_with("mio")) {
      scale = 1e6;
    } else if (small == "k" || small == "thousand" || small == "000") {
      scale = 1e3;
    } else if (small == "billion" || small == "bn") {
      scale = 1e9;
    } else if (word.size() == 4 && word[0] == 'M') {
      scale = 1e6;
      currency = word.substr(1);
    } else {
      currency += (currency.empty() ? "" : " ") + word;
    }
    word.clear();
  };
  for (char const c : text) {
    if (c == ' ' || c == '.' || c == '_') {
      take();
    } else {
      word += c;
    }
  }
  take();
  if (lowercase(currency) == "euro") currency = "EUR";
  if (currency == "US$") currency = "USD";
  return {currency, scale};
}

}  // namespace linchpin
