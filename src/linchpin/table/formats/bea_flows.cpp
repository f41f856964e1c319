// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/bea_flows.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/formats/supply_use.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/region_names.h"

namespace linchpin {
namespace {

constexpr char const* country = "USA";

bool is_exports(std::string_view code) { return code.starts_with("F04"); }
bool is_imports(std::string_view code) { return code.starts_with("F05"); }
bool is_inventories(std::string_view code) { return code.starts_with("F03"); }

/// NAICS: what cannot be stored are utilities (22), construction (23) and all from trade (42) on.
bool is_service(std::string_view code) {
  constexpr std::string_view scrap = "S00401", used = "S00402", scrap_and_used = "Used";
  if (code == scrap || code == used || code == scrap_and_used) return false;
  return !(code.starts_with("1") || code.starts_with("21") || code.starts_with("3"));
}

std::string name_of(std::string const& code, BeaNames const& names) {
  auto const entry = names.find(code);
  bool const known = entry != names.end() && label_fault(entry->second).empty();
  return known ? entry->second : code;
}

/// Takes a set of tables apart into a country and its imports.
class BeaBuilder {
 public:
  BeaBuilder(BeaTables tables, BeaNames names)
      : tables_(std::move(tables)), names_(std::move(names)) {}

  NationalFlows build();

 private:
  void separate_imports();
  void find_own_sellers();
  void describe();
  void add_market_sales();
  void add_own_sellers();
  [[nodiscard]] std::size_t final_column(std::size_t final_use) const;
  void spread_final(DenseMatrix const& published, std::size_t from, DenseMatrix& to,
                    std::size_t at) const;

  BeaTables tables_;
  BeaNames names_;
  NationalFlows flows_;
  std::vector<std::size_t> market_;       // products sold by their makers in proportion
  std::vector<std::size_t> own_sellers_;  // products that become sellers of their own
};

/// Use becomes domestic use. The import column of the use table is the negative total of the import
/// matrix, but for trade and transport, whose positive entries are what domestic traders, carriers
/// and the customs earn on imports (the import matrix has imports with these services): they are
/// sold to the rest of the world, which sells them back in the price of imports.
void BeaBuilder::separate_imports() {
  auto& tables = tables_;
  auto const column = static_cast<std::size_t>(
      std::find_if(tables.finals.begin(), tables.finals.end(), is_imports) - tables.finals.begin());
  flows_.import_total.assign(tables.products.size(), 0.0);
  for (std::size_t p = 0; p < tables.products.size(); ++p) {
    double& total = flows_.import_total[p];
    if (column < tables.finals.size()) {
      total = -tables.imports_final(p, column);
      tables.use_final(p, column) += total;
      tables.imports_final(p, column) = 0;
    }
    if (total <= 0) {  // a correction, not an import: leave it with domestic use
      if (column < tables.finals.size()) tables.use_final(p, column) -= total;
      total = 0;
      std::fill(tables.imports.row(p).begin(), tables.imports.row(p).end(), 0.0);
      std::fill(tables.imports_final.row(p).begin(), tables.imports_final.row(p).end(), 0.0);
      continue;
    }
    for (std::size_t j = 0; j < tables.industries.size(); ++j) {
      tables.use(p, j) -= tables.imports(p, j);
    }
    for (std::size_t f = 0; f < tables.finals.size(); ++f) {
      tables.use_final(p, f) -= tables.imports_final(p, f);
    }
  }
}

/// Products that are not the product of an industry (scrap, used goods, adjustments): what is sold
/// of them comes mostly from final users, as negative purchases, so that makers' market shares
/// would put the sale of used cars on the makers of scrap. Each becomes a seller of its own, which
/// buys from its makers what they make of it.
void BeaBuilder::find_own_sellers() {
  for (std::size_t p = 0; p < tables_.products.size(); ++p) {
    auto const& code = tables_.products[p];
    auto const& industries = tables_.industries;
    if (std::find(industries.begin(), industries.end(), code) != industries.end()) {
      market_.push_back(p);
      continue;
    }
    auto const not_zero = [](double value) { return value != 0; };
    bool used =
        std::any_of(tables_.use.row(p).begin(), tables_.use.row(p).end(), not_zero) ||
        std::any_of(tables_.use_final.row(p).begin(), tables_.use_final.row(p).end(), not_zero);
    for (std::size_t i = 0; i < industries.size(); ++i) used = used || tables_.make(i, p) != 0;
    if (used) own_sellers_.push_back(p);
  }
}

void BeaBuilder::describe() {
  std::unordered_map<std::string, std::size_t> sectors;
  auto const sector = [&](std::string const& code) {
    auto const [entry, added] = sectors.try_emplace(code, flows_.sectors.size());
    if (added) flows_.sectors.push_back({code, name_of(code, names_), is_service(code)});
    return entry->second;
  };
  flows_.country = describe_region(country);
  for (auto const& code : tables_.industries) flows_.domestic_sectors.push_back(sector(code));
  for (auto const product : own_sellers_) {
    flows_.domestic_sectors.push_back(sector(tables_.products[product]));
  }
  for (auto const& code : tables_.products) flows_.import_sectors.push_back(sector(code));
  for (auto const& code : tables_.finals) {
    auto const name = is_imports(code) ? std::string{"Domestic services in the value of imports"}
                                       : name_of(code, names_);
    flows_.categories.push_back({code, name, is_inventories(code)});
  }
  for (auto const& code : tables_.value_added_codes) {
    auto const name = name_of(code, names_);
    flows_.value_added_rows.push_back(name == code ? code : code + " " + name);
  }
}

/// Users at home in the first half of the columns, abroad in the second.
std::size_t BeaBuilder::final_column(std::size_t final_use) const {
  auto const& code = tables_.finals[final_use];
  bool const abroad = is_exports(code) || is_imports(code);
  return abroad ? tables_.finals.size() + final_use : final_use;
}

void BeaBuilder::spread_final(DenseMatrix const& published, std::size_t from, DenseMatrix& to,
                              std::size_t at) const {
  for (std::size_t f = 0; f < tables_.finals.size(); ++f) {
    to(at, final_column(f)) += published(from, f);
  }
}

DenseMatrix rows_of(DenseMatrix const& matrix, std::vector<std::size_t> const& rows) {
  DenseMatrix result(rows.size(), matrix.columns());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    auto const row = matrix.row(rows[k]);
    std::copy(row.begin(), row.end(), result.row(k).begin());
  }
  return result;
}

DenseMatrix columns_of(DenseMatrix const& matrix, std::vector<std::size_t> const& columns) {
  DenseMatrix result(matrix.rows(), columns.size());
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t k = 0; k < columns.size(); ++k) result(i, k) = matrix(i, columns[k]);
  }
  return result;
}

void BeaBuilder::add_market_sales() {
  MarketShares const shares(columns_of(tables_.make, market_));
  auto const to_industries = shares.transform(rows_of(tables_.use, market_));
  auto const to_finals = shares.transform(rows_of(tables_.use_final, market_));
  for (std::size_t i = 0; i < tables_.industries.size(); ++i) {
    auto const row = to_industries.row(i);
    std::copy(row.begin(), row.end(), flows_.domestic.row(i).begin());
    spread_final(to_finals, i, flows_.domestic_final, i);
  }
  // Made by nobody, yet used: a rounding, which stays with the industry of the same code.
  for (auto const unmade : shares.unmade_products()) {
    auto const product = market_[unmade];
    auto const& industries = tables_.industries;
    auto const seller = static_cast<std::size_t>(
        std::find(industries.begin(), industries.end(), tables_.products[product]) -
        industries.begin());
    for (std::size_t j = 0; j < industries.size(); ++j) {
      flows_.domestic(seller, j) += tables_.use(product, j);
    }
    spread_final(tables_.use_final, product, flows_.domestic_final, seller);
  }
}

void BeaBuilder::add_own_sellers() {
  auto const industries = tables_.industries.size();
  for (std::size_t k = 0; k < own_sellers_.size(); ++k) {
    auto const product = own_sellers_[k];
    auto const seller = industries + k;
    double output = 0;
    for (std::size_t i = 0; i < industries; ++i) {
      flows_.domestic(i, seller) += tables_.make(i, product);
      output += tables_.make(i, product);
    }
    auto const used = tables_.use.row(product);
    std::copy(used.begin(), used.end(), flows_.domestic.row(seller).begin());
    spread_final(tables_.use_final, product, flows_.domestic_final, seller);
    flows_.output.push_back(output);
  }
}

NationalFlows BeaBuilder::build() {
  separate_imports();
  find_own_sellers();
  describe();
  auto const industries = tables_.industries.size();
  auto const n = industries + own_sellers_.size();
  auto const p = tables_.products.size();
  auto const final_columns = 2 * tables_.finals.size();
  flows_.domestic = DenseMatrix(n, n);
  flows_.domestic_final = DenseMatrix(n, final_columns);
  flows_.imports = DenseMatrix(p, n);
  flows_.imports_final = DenseMatrix(p, final_columns);
  flows_.value_added = DenseMatrix(tables_.value_added_codes.size(), n);
  flows_.output = tables_.output;
  add_market_sales();
  add_own_sellers();
  for (std::size_t i = 0; i < p; ++i) {
    auto const row = tables_.imports.row(i);
    std::copy(row.begin(), row.end(), flows_.imports.row(i).begin());
    spread_final(tables_.imports_final, i, flows_.imports_final, i);
  }
  for (std::size_t k = 0; k < tables_.value_added.rows(); ++k) {
    auto const row = tables_.value_added.row(k);
    std::copy(row.begin(), row.end(), flows_.value_added.row(k).begin());
  }
  return std::move(flows_);
}

}  // namespace

NationalFlows bea_flows(BeaTables tables, BeaNames names) {
  return BeaBuilder(std::move(tables), std::move(names)).build();
}

}  // namespace linchpin
