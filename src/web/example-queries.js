/**
 * Questions of the people the registry serves, ready to be run in the explorer.
 * @type {readonly import('./types.js').ExampleQuery[]}
 */
export const EXAMPLE_QUERIES = [
  {
    id: 'impact',
    titleVi: 'Kiến trúc sư: nền tảng LGSP dừng thì điều gì bị ảnh hưởng?',
    titleEn: 'Architect: what breaks if the integration platform stops?',
    query: `query ImpactOfTheIntegrationPlatform($from: URN!) {
  impactAnalysis(from: $from, direction: DEPENDENTS) {
    origin { urn name }
    revision
    totalCount
    untypedCount
    truncated
    truncationReason
    coverage { verdict missingCount unfollowedKinds missing(first: 10) { field question element { urn name } askedFrom { name } } }
    impacted(first: 50) {
      nodes {
        depth
        severity
        element { urn kind name owner { name } }
        explanation { steps { from { name } relation { kind strength } to { name } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
    variables: { from: 'urn:khung:hcm-lgsp' },
  },
  {
    id: 'agency-systems',
    titleVi: 'Lãnh đạo: các hệ thống của một cơ quan, chủ quản và vòng đời',
    titleEn: 'Head of office: the systems of an agency, with owner and lifecycle',
    query: `query SystemsOfAnAgency($agency: URN!) {
  elements(
    filter: { kind: [SYSTEM, PLATFORM, DATABASE, DIGITAL_SERVICE, INFRASTRUCTURE], owner: { urn: [$agency] } }
    orderBy: [{ field: NAME }]
    first: 100
  ) {
    totalCount
    nodes {
      urn
      kind
      name
      layer
      owner { name }
      lifecycle { phase phases { phase from } }
      sources { field source confidence }
    }
    coverage { verdict missingCount missing(first: 10) { field question element { name } askedFrom { name } } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { agency: 'urn:khung:tt-cds' },
  },
  {
    id: 'check-proposal',
    titleVi: 'Cán bộ cơ quan: kiểm tra một đề xuất trước khi trình',
    titleEn: 'Agency officer: check a proposal before it is submitted',
    query: `query CheckAProposal($input: ProposalInput!) {
  checkProposal(input: $input) {
    check {
      verdict
      selfCheck { criterion light reasonVi reasonEn }
      regime { name because provisional }
      duplicates {
        byComponent {
          component { id name }
          advice
          candidates { match { urn name } score band advice gaps signals { name contribution evidence { text } } }
        }
        coverage { verdict objectsKnown missingCount }
      }
      findings {
        outcome
        sentenceVi
        sentenceEn
        rule { code severity enforcement citation { article url verification instrument { name } } }
        missingFacts { field question askedFrom { name } }
      }
      conditionsSuggested { textVi textEn }
    }
    userErrors { code message path }
  }
}
`,
    variables: {
      input: {
        title: 'Phần mềm quản lý văn bản và điều hành công việc Sở Du lịch',
        objective: 'Luân chuyển văn bản đến, văn bản đi và giao việc trên môi trường mạng',
        agency: 'urn:khung:so-du-lich',
        investmentForm: 'SYSTEM_INVESTMENT',
        workType: 'BUILD',
        components: [
          {
            name: 'Quản lý văn bản đến, văn bản đi và điều hành',
            description: 'Tiếp nhận, phân phối, theo dõi xử lý văn bản điện tử',
            layer: 3,
          },
        ],
        answers: [{ field: 'hosting', value: 'AGENCY_SERVER' }],
      },
    },
  },
  {
    id: 'shortest-paths',
    titleVi: 'Người thẩm định: hai hệ thống liên quan với nhau qua đâu?',
    titleEn: 'Reviewer: in which ways does one system need another?',
    query: `query ShortestPaths($from: URN!, $to: URN!) {
  shortestPaths(from: $from, to: $to, k: 3) {
    truncated
    truncationReason
    coverage { verdict missingCount unfollowedKinds }
    paths {
      steps {
        from { urn name }
        relation { kind strength status channels confidence }
        traversedForward
        to { urn name }
      }
    }
  }
}
`,
    variables: { from: 'urn:khung:hcm-qlvb', to: 'urn:khung:qg-ndxp' },
  },
  {
    id: 'single-points',
    titleVi: 'Thanh tra: các điểm yếu đơn lẻ (cần mã truy cập)',
    titleEn: 'Inspector: single points of failure (needs a token)',
    query: `query SinglePoints {
  singlePointsOfFailure(first: 20) {
    totalCount
    coverage { verdict missingCount unfollowedKinds }
    nodes { element { urn name } reasons lost lostAtMost separated }
  }
}
`,
    variables: {},
  },
  {
    id: 'coverage',
    titleVi: 'Thanh tra: dữ liệu còn thiếu ở đâu?',
    titleEn: 'Inspector: where is data missing?',
    query: `query Coverage {
  landscape {
    revision
    coverage { verdict objectsKnown missingCount missing(first: 50) { field question element { urn name } askedFrom { name } } }
  }
}
`,
    variables: {},
  },
  {
    id: 'counts',
    titleVi: 'Bảng điều khiển: các con số tổng hợp',
    titleEn: 'Dashboard: the counts',
    query: `query Counts {
  landscape {
    revision
    at
    relationCount
    counts { key count }
    coverage { verdict objectsKnown missingCount }
  }
}
`,
    variables: {},
  },
  {
    id: 'element',
    titleVi: 'Một đối tượng: thuộc tính, nguồn và quan hệ',
    titleEn: 'One object: attributes, sources and relations',
    query: `query OneObject($urn: URN!) {
  element(urn: $urn) {
    urn
    kind
    name
    nameEn
    aliases
    description
    layer
    owner { urn name }
    lifecycle { phase phases { phase from } }
    attributes { key name value unit source confidence }
    sources { field source confidence }
    relations(first: 100) {
      totalCount
      nodes { kind strength status channels source { urn name } target { urn name } }
    }
  }
}
`,
    variables: { urn: 'urn:khung:hcm-lgsp' },
  },
  {
    id: 'compliance',
    titleVi: 'Báo cáo tuân thủ theo cơ quan (cần mã truy cập)',
    titleEn: 'Compliance report by agency (needs a token)',
    query: `query ComplianceReport($by: ReportBy!) {
  complianceReport(by: $by) {
    revision
    freshAt
    rows { agency { urn name } rule { code titleVi titleEn } pass fail waived needsEvidence notApplicable error coverage }
  }
}
`,
    variables: { by: 'AGENCY' },
  },
  {
    id: 'trusted',
    titleVi: 'Đăng ký truy vấn cho bảng điều khiển: sau đó đọc tại /q/<id> (cần mã truy cập)',
    titleEn: 'Register a query for a dashboard: read at /q/<id> from then on (needs a token)',
    query: `mutation Register($input: RegisterTrustedDocumentInput!) {
  registerTrustedDocument(input: $input) {
    trustedDocument { id name list depth fields }
    userErrors { reason message path }
  }
}
`,
    variables: {
      input: {
        name: 'Số đối tượng theo loại',
        document: '{ landscape { counts { key count } } }',
        dryRun: true,
      },
    },
  },
];
