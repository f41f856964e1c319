// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/scenario_reader.h"

#include "linchpin/study/event_reader.h"
#include "linchpin/study/model_reader.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {

ScenarioSpec read_scenario_table(TomlReader& reader) {
  ScenarioSpec spec;
  if (auto const name = reader.name("name")) spec.name = name->value;
  if (auto const title = reader.text("title")) spec.title = title->value;
  if (auto model = reader.table("model")) spec.model = read_model(std::move(*model));
  for (auto& each : reader.texts("parameters")) spec.model.parameters.push_back(std::move(each));
  spec.events = read_events(reader);
  spec.uncertain = read_uncertain(reader);
  reader.finish();
  return spec;
}

}  // namespace linchpin::study
