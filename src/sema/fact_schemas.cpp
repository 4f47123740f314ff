#include <algorithm>

#include "sema/schema_types.h"
#include "sema/schemas.h"

namespace farol::sema {
namespace {

// Section 4 of the compliance vocabulary.
constexpr Words transfer_bases = {
    "adequacy_decision", "consent",         "contract",           "contract_in_interest", "public_interest_or_claim",
    "vital_interest",    "public_register", "authorisation_20_2", "gba_contract"};
constexpr Words export_paths = {"assessment",    "standard_contract", "certification", "exempt_5_1",
                                "exempt_5_2_hr", "exempt_5_3",        "exempt_5_4",    "gba_contract"};
constexpr Words filing_kinds = {"notification", "simplified_notification", "notification_10_5",
                                "exemption",    "authorisation",           "opinion_request",
                                "none"};
constexpr Words authorities = {"DSPDP", "CAC", "PCPD"};
constexpr Words exemptions = {"payroll_benefits", "staff_admin", "member_fees", "other"};
constexpr Words transfer_reasons = {"service", "cost", "convenience", "legal_duty", "other"};
// Chapter V of the GDPR: decision (45), safeguards (46, 47), derogations (49).
constexpr Words eu_bases = {"adequacy",        "standard_clauses", "binding_rules",        "certification",
                            "code_of_conduct", "derogation_49",    "derogation_49_consent"};
// Where a party to the Mainland-Macau standard contract may be registered.
constexpr Words gba_cities = {"Macau",    "Guangzhou", "Shenzhen", "Zhuhai",   "Foshan", "Huizhou",
                              "Dongguan", "Zhongshan", "Jiangmen", "Zhaoqing", "outside"};
constexpr Words collection_times = {"working_hours", "on_demand", "always"};
constexpr Words assessment_kinds = {"impact", "security", "compliance_audit", "sensitive_data"};
constexpr Words metadata_items = {"ip",          "device_model", "login_time", "geo",          "network",    "peer_log",
                                  "meeting_log", "device_id",    "clockin",    "read_receipt", "file_access"};
constexpr Words handlings = {"off", "coarse", "aggregate", "keep"};
constexpr Words levels = {"low", "medium", "high"};
constexpr Words treatments = {"accept", "reduce", "avoid", "share"};
constexpr Words incident_states = {"open", "contained", "closed"};
constexpr Words request_kinds = {"access", "correction", "deletion", "objection", "other"};

constexpr Wanted owner = wanted::role;

constexpr AttributeSchema transfer[] = {
    text("title"),
    list(name("data", wanted::data)),
    word("from", regions),
    word("to", regions),
    name_or_string("recipient", fact("processor")),
    text("purpose"),
    word("basis", transfer_bases),
    word("path", export_paths),
    list(name("filing", fact("filing"))),
    number("people"),
    number("sensitive"),
    yes_no("onward"),
    text("contract"),
    text("assessment"),
    text("evidence"),
    date("since"),
    date("until"),
    word("reason", transfer_reasons),
    text("decision"),
    text("contact"),
    text("rights"),
    yes_no("separate_consent"),
    date("counted"),
    yes_no("important"),
    text("labour_rules"),
    word("eu_basis", eu_bases),
    yes_no("occasional"),
    list(word("cities", gba_cities)),
};

constexpr AttributeSchema filing[] = {
    text("title"),
    word("kind", filing_kinds),
    word("authority", authorities),
    word("exemption", exemptions),
    list(name("data", wanted::data)),
    text("purpose"),
    date("started"),
    date("date"),
    date("registered"),
    date("until"),
    string("reference"),
    text("evidence"),
};

constexpr AttributeSchema processor[] = {
    text("title"),
    word("region", regions),
    text("service"),
    list(name("data", wanted::data)),
    list(name("processors", fact("processor"))),
    text("contract"),
    text("contact"),
    date("since"),
    date("until"),
    text("instructions"),
    date("reviewed"),
};

constexpr AttributeSchema metadata[] = {
    text("title"),   list(word("item", metadata_items)),  word("handling", handlings), duration("retention"),
    text("purpose"), list(name("readers", wanted::role)), yes_no("audited"),           word("when", collection_times),
};

constexpr AttributeSchema review[] = {
    text("title"),    duration("every"),    date("last"),
    date("next"),     name("owner", owner), text("scope"),
    text("evidence"), text("acknowledged"), yes_no("third_parties"),
};

constexpr AttributeSchema training[] = {
    text("title"),    list(name("roles", wanted::role)),
    text("topic"),    duration("every"),
    date("last"),     number("attended"),
    text("evidence"),
};

constexpr AttributeSchema risk[] = {
    text("title"),
    list(name("department", wanted::department)),
    list(name("data", wanted::data)),
    list(name("features", wanted::feature)),
    name("owner", owner),
    word("likelihood", levels),
    word("impact", levels),
    word("treatment", treatments),
    text("measures"),
    date("date"),
    date("until"),
};

constexpr AttributeSchema incident[] = {
    text("title"),
    date("date"),
    date("reported"),
    list(name("data", wanted::data)),
    word("state", incident_states),
    name("owner", owner),
    text("plan"),
    text("contact"),
    duration("within"),
    list(word("authority", authorities)),
    text("evidence"),
};

constexpr AttributeSchema notice[] = {
    text("title"),
    list(name("data", wanted::data)),
    list(name("features", wanted::feature)),
    text("purpose"),
    text("recipients"),
    text("rights"),
    yes_no("obligatory"),
    text("contact"),
    string("url"),
    date("date"),
    text("alternative"),
    text("consent"),
    yes_no("may_object"),
    yes_no("open_network"),
};

// How long data is kept, from when on, and what happens then.
constexpr AttributeSchema retention[] = {
    text("title"),
    list(name("data", wanted::data)),
    duration("keep"),
    word("after", retention_starts),
    word("then", retention_ends),
    date("last"),
    name("owner", owner),
    text("evidence"),
};

// How people ask to see, correct or delete their data, or object.
constexpr AttributeSchema rights[] = {
    text("title"), list(name("data", wanted::data)), name("owner", owner), text("contact"), duration("within"),
};

// What somebody has asked for, and what became of it.
constexpr AttributeSchema request[] = {
    text("title"),
    word("kind", request_kinds),
    list(name("data", wanted::data)),
    date("date"),
    duration("within"),
    date("answered"),
    name("owner", owner),
    text("outcome"),
    text("evidence"),
};

// When whoever leaves, or moves on, loses access.
constexpr AttributeSchema leavers[] = {
    text("title"), duration("within"), name("owner", owner), duration("inactive"), text("evidence"),
};

constexpr AttributeSchema assessment[] = {
    text("title"),
    word("kind", assessment_kinds),
    list(name("data", wanted::data)),
    list(name("features", wanted::feature)),
    name("owner", owner),
    text("outcome"),
    date("date"),
    date("until"),
    string("reference"),
    text("evidence"),
};

// The written rules that people are given.
constexpr AttributeSchema usage[] = {
    text("title"), date("date"), string("version"), name("owner", owner), string("url"), text("evidence"),
};

// Regular tests of the safeguards.
constexpr AttributeSchema testing[] = {
    text("title"), text("scope"), duration("every"), date("last"), text("evidence"),
};

constexpr BlockSchema facts[] = {
    {"transfer", transfer}, {"filing", filing},         {"processor", processor}, {"metadata", metadata},
    {"review", review},     {"training", training},     {"risk", risk},           {"incident", incident},
    {"notice", notice},     {"retention", retention},   {"rights", rights},       {"leavers", leavers},
    {"request", request},   {"assessment", assessment}, {"usage", usage},         {"testing", testing},
};

}  // namespace

std::span<const BlockSchema> fact_schemas() { return facts; }

bool is_fact_kind(std::string_view kind) {
  return kind == "severity" ||
         std::any_of(std::begin(facts), std::end(facts), [&](const BlockSchema& each) { return each.kind == kind; });
}

}  // namespace farol::sema
