// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measure_spec.h"

#include <fmt/format.h>

#include "linchpin/study/measures/selection.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {
namespace {

std::vector<depend::Buyer> find_all(std::vector<Placed<std::string>> const& labels,
                                    IndustrySpace const& space, ErrorList& errors) {
  std::vector<depend::Buyer> parties;
  for (auto const& label : labels) {
    if (auto const party = find_party(space, label.value, label.where); party) {
      parties.push_back(*party);
    } else {
      errors.add(party.error());
    }
  }
  return parties;
}

/// "extraction; supplier DEU; buyer USA; kind flows; share 0.5; resourced; top 10"
std::string words_of(MeasureSpec const& spec, MeasureRequest const& request,
                     IndustrySpace const& space) {
  std::string words = spec.name.value;
  auto const add = [&](std::string const& more) { words += "; " + more; };
  if (!request.suppliers.empty()) add(fmt::format("supplier {}", parties_text(space, request.suppliers)));
  if (!request.buyers.empty()) add(fmt::format("buyer {}", parties_text(space, request.buyers)));
  if (spec.kind) add("kind " + spec.kind->value);
  MeasureRequest const defaults;
  if (request.share != defaults.share) add(fmt::format("share {:g}", request.share));
  if (spec.name.value == "prices") add(fmt::format("rise {:g}", request.rise));
  if (request.resourced) add("resourced");
  if (request.detail) add("detail");
  if (request.by_third_country) add("third country");
  add(fmt::format("top {}", request.top));
  return words;
}

}  // namespace

std::optional<depend::ExtractionKind> extraction_kind(std::string_view name) {
  using enum depend::ExtractionKind;
  if (name == "flows") return flows;
  if (name == "total") return total;
  if (name == "backward") return backward;
  if (name == "forward") return forward;
  return std::nullopt;
}

MeasureSpec read_measure(TomlReader reader) {
  MeasureSpec spec;
  if (auto name = reader.text("name")) {
    spec.name = *std::move(name);
  } else if (!reader.has("name")) {
    reader.problem(ErrorCode::missing_value, "'depend.measure.name' is missing", reader.where(),
                   "name a measure, such as \"bm-source\" (docs/methods/depend.md)");
  }
  spec.buyers = reader.texts("buyers");
  spec.suppliers = reader.texts("suppliers");
  spec.kind = reader.text("kind");
  auto& request = spec.request;
  if (auto const top = reader.whole("top", {.lowest = 1, .highest = 1000})) {
    request.top = static_cast<std::size_t>(top->value);
  }
  if (auto const detail = reader.boolean("detail")) request.detail = detail->value;
  if (auto const third = reader.boolean("third_country")) request.by_third_country = third->value;
  if (auto const resourced = reader.boolean("resourced")) request.resourced = resourced->value;
  if (auto const share = reader.number("share", {.lowest = 0, .highest = 1})) {
    request.share = share->value;
  }
  if (auto const rise = reader.number("rise", {.lowest = -1, .above = true})) {
    request.rise = rise->value;
  }
  reader.finish();
  return spec;
}

MeasureQuestion resolve_measure(MeasureSpec const& spec, IndustrySpace const& space,
                                ErrorList& errors) {
  MeasureQuestion question{nullptr, spec.request, spec.name.where, {}};
  question.request.buyers = find_all(spec.buyers, space, errors);
  question.request.suppliers = find_all(spec.suppliers, space, errors);
  if (spec.kind) {
    if (auto const kind = extraction_kind(spec.kind->value); kind) {
      question.request.kind = *kind;
    } else {
      errors.add(ErrorCode::bad_value, fmt::format("there is no kind '{}'", spec.kind->value),
                 spec.kind->where, "write flows, total, backward or forward");
    }
  }
  if (spec.name.value.empty()) return question;  // told by the reader
  auto const measure = find_measure(spec.name.value);
  if (!measure) {
    auto error = measure.error();
    error.where = spec.name.where;
    errors.add(std::move(error));
  } else if ((*measure)->worlds > 1) {
    errors.add(ErrorCode::bad_value,
               fmt::format("'{}' compares worlds; a study has one", spec.name.value),
               spec.name.where,
               fmt::format("ask `linchpin depend WORLD WORLD --measure {}`", spec.name.value));
  } else if (auto good = check_request(std::vector{*measure}, question.request); !good) {
    auto error = good.error();
    error.where = spec.name.where;
    errors.add(std::move(error));
  } else {
    question.measure = *measure;
  }
  question.words = words_of(spec, question.request, space);
  return question;
}

}  // namespace linchpin::study
