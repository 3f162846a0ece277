/** Questions that the front page asks. */

export const LANDSCAPE_QUERY = `query Landscape {
  landscape {
    revision
    at
    relationCount
    counts { key count }
    coverage { verdict missingCount }
  }
}`;

export const AGENCIES_QUERY = `query Agencies($after: String) {
  elements(filter: { kind: [AGENCY], not: { phase: [END_OF_LIFE] } }, orderBy: [{ field: NAME }], first: 200, after: $after) {
    nodes { urn name }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const SEARCH_QUERY = `query Search($words: String!) {
  elements(search: $words, filter: { kind: [SYSTEM, PLATFORM, DATABASE, DIGITAL_SERVICE, INFRASTRUCTURE] }, first: 20) {
    nodes { urn name }
  }
}`;

export const CHECK_PROPOSAL_QUERY = `query CheckProposal($input: ProposalInput!) {
  checkProposal(input: $input) {
    check {
      verdict
      isBinding
      revision
      selfCheck { criterion titleVi titleEn light reasonVi reasonEn }
      regime { code name because provisional }
      duplicates {
        byComponent {
          component { id name }
          band
          advice
          totalCount
          truncated
          suggestedCondition
          candidates {
            match { urn kind name nameEn owner { name } lifecycle { phase } }
            score
            band
            isContinuation
            reach
            advice
            gaps
            signals { name contribution evidence { text } }
          }
        }
        coverage { verdict objectsKnown missingCount missing(first: 50) { field question element { urn name } askedFrom { name } } }
      }
      findings {
        rule {
          code
          titleVi
          titleEn
          severity
          enforcement
          fixHint
          citations { article text url confidence verification instrument { urn name } }
        }
        effectiveOutcome
        waiver { id agency { name } validTo }
        evidence { id kindId kind { question } verdict validTo }
        sentenceVi
        sentenceEn
        explanation
        provisional
        missingFacts { field question askedFrom { name } }
      }
      changeFindings(first: 100) {
        totalCount
        nodes {
          standing
          before
          after
          finding { rule { code titleVi titleEn } subject { urn name } sentenceVi sentenceEn }
        }
      }
      changeCoverage { judged truncated onlyAdded }
      impact {
        origin { urn name }
        totalCount
        untypedCount
        truncated
        coverage { verdict }
        impacted(first: 20) { nodes { severity element { urn name } } }
      }
      conditionsSuggested { textVi textEn }
    }
    userErrors { code message path }
  }
}`;
