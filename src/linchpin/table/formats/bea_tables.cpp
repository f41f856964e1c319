// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/bea_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/allocate.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/national_grid.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// "T001", "T00OTOP", "Total Intermediate"; detail use tables leave two totals without a name.
bool is_total(std::string_view code) {
  return code.starts_with("Total") || code == "NA" || code == "NA.1" ||
         (code.size() > 2 && code[0] == 'T' && is_digit(code[1]) && is_digit(code[2]));
}
bool is_final(std::string_view code) {
  return code.size() > 2 && code[0] == 'F' && is_digit(code[1]) && is_digit(code[2]);
}
bool is_value_added(std::string_view code) {
  return code.size() > 1 && code[0] == 'V' && is_digit(code[1]);
}

std::vector<std::string> split(std::string_view name) {
  auto const slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  name = name.substr(0, name.find('.'));
  std::vector<std::string> parts(1);
  for (char const c : name) {
    if (c == '_') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

struct FileName {
  enum class Kind { none, make, use, imports } kind = Kind::none;
  BeaFiles set;
};

/// Level_Kind_Year[_PRO]_BeforeRedef… as in Summary_Use_2022_PRO_BeforeRedef_17sch.csv.
FileName parse_name(std::string_view member) {
  auto const parts = split(member);
  FileName name;
  if (parts.size() < 4) return name;
  auto const has = [&](char const* part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
  };
  bool const level = parts[0] == "Summary" || parts[0] == "Detail" || parts[0] == "Sector";
  if (!level || has("BeforeRedef") == has("AfterRedef")) return name;
  name.set.level = parts[0];
  name.set.year = year_in_name(parts[2]);
  name.set.after_redefinitions = has("AfterRedef");
  if (name.set.year == 0) return name;
  if (parts[1] == "Make") name.kind = FileName::Kind::make;
  if (parts[1] == "Use" && has("PRO")) name.kind = FileName::Kind::use;
  if (parts[1] == "Import") name.kind = FileName::Kind::imports;
  return name;
}

/// Positions of rows or columns of one file by what they are.
struct Axis {
  std::vector<std::size_t> of_known;  // in the order of the labels asked for
  std::vector<std::size_t> others;    // final uses or value added
  std::vector<std::string> other_labels;
};

using Labels = std::vector<std::string>;

/// Finds every label of `known` among `labels`; others must satisfy `is_other` or be totals.
template <class IsOther>
Axis match(Labels const& known, Labels const& labels, IsOther const& is_other, char const* what,
           std::string const& file, ProblemList& problems) {
  std::map<std::string_view, std::size_t> positions;
  for (std::size_t k = 0; k < labels.size(); ++k) positions.emplace(labels[k], k);
  Axis axis;
  for (auto const& label : known) {
    auto const entry = positions.find(label);
    if (entry == positions.end()) {
      problems.add(ErrorCode::missing_value, fmt::format("there is no {} '{}'", what, label), file,
                   "take make, use and import tables of the same year and level");
      continue;
    }
    axis.of_known.push_back(entry->second);
    positions.erase(entry);
  }
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (!positions.contains(labels[k]) || is_total(labels[k])) continue;
    if (is_other(labels[k])) {
      axis.others.push_back(k);
      axis.other_labels.push_back(labels[k]);
    } else {
      problems.add(ErrorCode::unknown_label,
                   fmt::format("the {} '{}' is not in the make table", what, printable(labels[k])),
                   file,
                   did_you_mean(labels[k], known,
                                "take make, use and import tables of the same year and level"));
    }
  }
  return axis;
}

Labels row_labels(LabelledGrid const& grid) {
  Labels labels;
  for (auto const& row : grid.rows()) labels.push_back(row.texts.front());
  return labels;
}

bool nothing(std::string_view /*code*/) { return false; }

class BeaReader {
 public:
  BeaReader(Bundle const& bundle, ReadOptions const& options, RunControl const& control)
      : bundle_(bundle), options_(options), control_(control) {}

  Result<BeaTables> read(BeaFiles const& files);

 private:
  Result<LabelledGrid> grid(std::string const& member) const {
    LabelledGrid::Layout const layout{{"code"}};
    return LabelledGrid::read(bundle_, member, layout, options_, control_);
  }
  void take_make(LabelledGrid const& make);
  void take_use(LabelledGrid const& use);
  void take_imports(LabelledGrid const& imports);
  void redefine_imports(LabelledGrid const& use_before);

  Bundle const& bundle_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  BeaTables tables_;
};

void BeaReader::take_make(LabelledGrid const& make) {
  std::vector<std::size_t> rows, columns;
  std::vector<std::size_t> totals;
  for (std::size_t k = 0; k < make.columns().size(); ++k) {
    auto const& code = make.columns()[k];
    (is_total(code) ? totals : columns).push_back(k);
    if (!is_total(code)) tables_.products.push_back(code);
  }
  for (std::size_t k = 0; k < make.rows().size(); ++k) {
    auto const& code = make.rows()[k].texts.front();
    if (is_total(code)) continue;
    rows.push_back(k);
    tables_.industries.push_back(code);
  }
  if (totals.size() != 1 || rows.empty() || columns.empty()) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("a make table has industries, products and one column of total "
                              "industry output; here are {} rows, {} products and {} totals",
                              rows.size(), columns.size(), totals.size()),
                  make.name(), "take the file with all its columns");
    return;
  }
  tables_.make = make.block(rows, columns, problems_);
  tables_.output = make.column(rows, totals.front(), problems_);
}

void BeaReader::take_use(LabelledGrid const& use) {
  auto const rows =
      match(tables_.products, row_labels(use), is_value_added, "row", use.name(), problems_);
  auto const columns =
      match(tables_.industries, use.columns(), is_final, "column", use.name(), problems_);
  if (rows.others.empty() || columns.others.empty()) {
    problems_.add(ErrorCode::missing_value,
                  "there are no rows of value added (V001 …) or no final uses (F010 …)", use.name(),
                  "take the file with all its rows and columns");
  }
  if (!problems_.empty()) return;
  tables_.value_added_codes = rows.other_labels;
  tables_.finals = columns.other_labels;
  tables_.use = use.block(rows.of_known, columns.of_known, problems_);
  tables_.use_final = use.block(rows.of_known, columns.others, problems_);
  tables_.value_added = use.block(rows.others, columns.of_known, problems_);
}

void BeaReader::take_imports(LabelledGrid const& imports) {
  auto known = tables_.industries;
  known.insert(known.end(), tables_.finals.begin(), tables_.finals.end());
  auto const rows =
      match(tables_.products, row_labels(imports), nothing, "row", imports.name(), problems_);
  auto const columns =
      match(known, imports.columns(), nothing, "column", imports.name(), problems_);
  if (!problems_.empty()) return;
  auto const industries = std::span{columns.of_known}.first(tables_.industries.size());
  auto const finals = std::span{columns.of_known}.subspan(tables_.industries.size());
  tables_.imports = imports.block(rows.of_known, industries, problems_);
  tables_.imports_final = imports.block(rows.of_known, finals, problems_);
}

/// Imported inputs of one product once redefinitions moved its use from `before` to `after`: what
/// did not move stays, what moved keeps its import share (the product's mean share where there was
/// no use before), scaled to the imports there are.
void move_imports(std::span<double const> before, std::span<double const> after,
                  std::span<double> imports) {
  double used = 0, imported = 0, to_move = 0, moved = 0;
  for (std::size_t j = 0; j < imports.size(); ++j) {
    used += before[j];
    imported += imports[j];
    if (before[j] != after[j]) to_move += imports[j];
  }
  double const mean = used > 0 ? std::clamp(imported / used, 0.0, 1.0) : 0.0;
  auto const share = [&](std::size_t j) {
    return before[j] > 0 ? std::clamp(imports[j] / before[j], 0.0, 1.0) : mean;
  };
  for (std::size_t j = 0; j < imports.size(); ++j) {
    if (before[j] != after[j]) moved += share(j) * std::max(after[j], 0.0);
  }
  if (!(moved > 0) || !(to_move > 0)) return;
  for (std::size_t j = 0; j < imports.size(); ++j) {
    if (before[j] == after[j]) continue;
    imports[j] = share(j) * std::max(after[j], 0.0) * (to_move / moved);
  }
}

/// BEA publishes the import matrix before redefinitions only. Redefinitions move inputs from one
/// industry to another and leave each product's total and its final uses alone.
void BeaReader::redefine_imports(LabelledGrid const& use_before) {
  auto const rows = match(tables_.products, row_labels(use_before), is_value_added, "row",
                          use_before.name(), problems_);
  auto const columns = match(tables_.industries, use_before.columns(), is_final, "column",
                             use_before.name(), problems_);
  if (!problems_.empty()) return;
  auto const before = use_before.block(rows.of_known, columns.of_known, problems_);
  for (std::size_t p = 0; p < before.rows(); ++p) {
    move_imports(before.row(p), tables_.use.row(p), tables_.imports.row(p));
  }
  tables_.imports_estimated = true;
}

Result<BeaTables> BeaReader::read(BeaFiles const& files) {
  auto const make = grid(files.make);
  if (!make) return fail(make.error());
  take_make(*make);
  if (!problems_.empty()) return fail(problems_.joined(make->name()));
  // Every product may become a seller at home, and one abroad.
  MemoryNeed const need{.industries = tables_.industries.size() + 2 * tables_.products.size()};
  if (auto const enough = check_memory(need, options_.memory_limit / 2, make->name()); !enough) {
    return fail(enough.error());
  }
  auto const use = grid(files.use);
  if (!use) return fail(use.error());
  take_use(*use);
  if (!problems_.empty()) return fail(problems_.joined(use->name()));
  auto const imports = grid(files.imports);
  if (!imports) return fail(imports.error());
  take_imports(*imports);
  if (problems_.empty() && files.after_redefinitions) {
    auto const before = grid(files.use_before);
    if (!before) return fail(before.error());
    redefine_imports(*before);
  }
  if (!problems_.empty()) return fail(problems_.joined(imports->name()));
  return std::move(tables_);
}

}  // namespace

std::string BeaFiles::key() const {
  return fmt::format("{}_{}{}", level, year, after_redefinitions ? "_AfterRedef" : "");
}

std::string bea_key_of(std::string_view file_name) {
  auto const name = parse_name(file_name);
  return name.kind == FileName::Kind::none ? std::string{} : name.set.key();
}

std::vector<BeaFiles> find_bea_files(Bundle const& bundle) {
  std::map<std::string, BeaFiles> sets;
  std::map<std::pair<std::string, int>, std::pair<std::string, std::string>> before;
  for (auto const& member : bundle.members()) {
    auto const name = parse_name(member);
    if (name.kind == FileName::Kind::none) continue;
    auto& shared = before[{name.set.level, name.set.year}];
    if (name.kind == FileName::Kind::imports) {
      shared.first = member;
      continue;
    }
    auto& set = sets.try_emplace(name.set.key(), name.set).first->second;
    (name.kind == FileName::Kind::make ? set.make : set.use) = member;
    if (name.kind == FileName::Kind::use && !set.after_redefinitions) shared.second = member;
  }
  std::vector<BeaFiles> result;
  for (auto& [key, set] : sets) {
    auto const& shared = before[{set.level, set.year}];
    set.imports = shared.first;
    set.use_before = shared.second;
    result.push_back(std::move(set));
  }
  return result;
}

Result<BeaTables> read_bea_tables(Bundle const& bundle, BeaFiles const& files,
                                  ReadOptions const& options, RunControl const& control) {
  return BeaReader(bundle, options, control).read(files);
}

std::vector<std::pair<std::string, std::string>> read_bea_names(Bundle const& bundle,
                                                                std::string_view level) {
  std::vector<std::pair<std::string, std::string>> names;
  for (auto const& member : bundle.members()) {
    auto const parts = split(member);
    if (parts.size() < 2 || parts[0] != level || !parts[1].ends_with("CodeName")) continue;
    auto csv = bundle.open_csv(member);
    if (!csv) continue;
    // Names are a courtesy: a list that cannot be read leaves codes as names.
    while (csv->next().value_or(false)) {
      if (!csv->split() || csv->fields().size() < 3) break;
      names.emplace_back(csv->fields()[1], csv->fields()[2]);
    }
  }
  return names;
}

}  // namespace linchpin
