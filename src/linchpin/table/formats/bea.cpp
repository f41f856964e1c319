// SPDX-License-Identifier: Apache-2.0
// Make, use and import tables of the US Bureau of Economic Analysis (BEA), as an
// industry-by-industry table.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/formats/bea_flows.h"
#include "linchpin/table/formats/bea_tables.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/national_flows.h"
#include "linchpin/table/formats/national_grid.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

TableInfo origin_of(BeaFiles const& files, bool imports_estimated) {
  TableInfo info;
  info.year = files.year;
  info.title =
      fmt::format("BEA input-output accounts of the United States, {}, {} level, {} redefinitions",
                  files.year, files.level, files.after_redefinitions ? "after" : "before");
  info.unit = {"USD", 1e6};
  info.price_basis = "current producer prices";
  info.source =
      "US Bureau of Economic Analysis, Input-Output Accounts: make, use and import tables";
  info.licence = "work of the US government, public domain";
  info.estimated = true;  // BEA publishes products by industries
  info.history = fmt::format(
      "imported from {}, {} and {} (format bea)\nindustry by industry under the fixed "
      "product-sales "
      "assumption (model D), domestic use = use less the import matrix",
      files.make, files.use, files.imports);
  if (imports_estimated) {
    info.history +=
        "\nimport matrix before redefinitions moved to the use table after redefinitions with the "
        "import shares it had";
  }
  return info;
}

std::string keys_of(std::vector<BeaFiles> const& sets) {
  std::string text;
  for (auto const& set : sets) text += (text.empty() ? "" : ", ") + set.key();
  return text;
}

Result<BeaFiles> choose(Bundle const& bundle, std::string const& wanted) {
  auto const sets = find_bea_files(bundle);
  std::vector<std::string> keys;
  std::vector<BeaFiles> before;
  for (auto const& set : sets) {
    keys.push_back(set.key());
    if (!set.after_redefinitions) before.push_back(set);
  }
  if (sets.empty()) {
    return fail(ErrorCode::missing_value, "there is neither a make nor a use table of BEA",
                bundle.name(), "files are named like Summary_Use_2022_PRO_BeforeRedef_17sch.csv");
  }
  auto found = sets.end();
  if (wanted.empty()) {
    auto const& candidates = before.empty() ? sets : before;
    if (candidates.size() > 1) {
      return fail(ErrorCode::bad_value, "there are several tables: " + keys_of(sets), bundle.name(),
                  fmt::format("choose one: --member {}", candidates.front().key()));
    }
    found = std::find_if(sets.begin(), sets.end(), [&](BeaFiles const& each) {
      return each.key() == candidates.front().key();
    });
  } else {
    found = std::find_if(sets.begin(), sets.end(),
                         [&](BeaFiles const& each) { return each.key() == wanted; });
  }
  if (found == sets.end()) {
    return fail(ErrorCode::bad_value, fmt::format("there is no table '{}'", printable(wanted)),
                bundle.name(), did_you_mean(wanted, keys, "there are " + keys_of(sets)));
  }
  if (found->complete()) return *found;
  std::string missing = found->make.empty()      ? "make table"
                        : found->use.empty()     ? "use table in producer prices"
                        : found->imports.empty() ? "import matrix"
                                                 : "use table before redefinitions";
  return fail(ErrorCode::missing_value,
              fmt::format("the {} of {} is not there", missing, found->key()), bundle.name(),
              "put make, use (PRO) and import table of the year into the same folder");
}

Result<Table> read_set(Bundle const& bundle, std::string const& wanted, ReadOptions const& options,
                       RunControl const& control) {
  auto const files = choose(bundle, wanted);
  if (!files) return fail(files.error());
  auto tables = read_bea_tables(bundle, *files, options, control);
  if (!tables) return fail(tables.error());
  BeaNames names;
  for (auto& [code, name] : read_bea_names(bundle, files->level)) {
    names.try_emplace(std::move(code), std::move(name));
  }
  auto info = origin_of(*files, tables->imports_estimated);
  return assemble_national(bea_flows(std::move(*tables), std::move(names)), std::move(info),
                           options, bundle.name());
}

Result<Table> read_bea(Bundle const& bundle, ReadOptions const& options,
                       RunControl const& control) {
  if (!bundle.single_file()) return read_set(bundle, options.member, options, control);
  // One file names the set it belongs to; the others stand beside it.
  auto const folder = Bundle::open(std::filesystem::absolute(bundle.name()).parent_path());
  if (!folder) return fail(folder.error());
  auto const key = options.member.empty() ? bea_key_of(bundle.file_name()) : options.member;
  return read_set(*folder, key, options, control);
}

bool matches_bea(Bundle const& bundle) {
  auto const has_layout = [&](std::string const& member) {
    return plain_header(bundle.first_line(member)).starts_with("code,1");
  };
  if (bundle.single_file()) {
    return !bea_key_of(bundle.file_name()).empty() && has_layout(bundle.members().front());
  }
  auto const sets = find_bea_files(bundle);
  return std::any_of(sets.begin(), sets.end(), [&](BeaFiles const& set) {
    return has_layout(set.use.empty() ? set.make : set.use);
  });
}

}  // namespace

TableFormat bea_format() noexcept {
  return {"bea", "US BEA make, use and import tables, folder or zip of CSV", matches_bea, read_bea};
}

}  // namespace linchpin
