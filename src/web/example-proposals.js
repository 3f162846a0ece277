/**
 * Proposals that fill the form: one that the city already serves, one that is new to it.
 * @type {Readonly<Record<'duplicate' | 'fresh', import('./types.js').ProposalInput>>}
 */
export const EXAMPLE_PROPOSALS = {
  duplicate: {
    title: 'Xây dựng phần mềm quản lý văn bản và điều hành công việc Sở Du lịch',
    objective: 'Luân chuyển văn bản đến, văn bản đi và giao việc trên môi trường mạng',
    agency: 'urn:khung:so-du-lich',
    investmentForm: 'SYSTEM_INVESTMENT',
    workType: 'BUILD',
    decidedOn: null,
    operations: [],
    components: [
      {
        name: 'Quản lý văn bản đến, văn bản đi và điều hành',
        description: 'Tiếp nhận, phân phối, theo dõi xử lý văn bản điện tử',
        layer: 3,
      },
    ],
    answers: [
      { field: 'hosting', value: 'AGENCY_SERVER' },
      { field: 'sharesDataAcrossAgencies', value: true },
      { field: 'exchangeChannels', value: ['DIRECT_API'] },
    ],
  },
  fresh: {
    title: 'Hệ thống cảm biến cảnh báo ngập và triều cường',
    objective: 'Cảnh báo sớm cho người dân khi mưa lớn, triều dâng',
    agency: 'urn:khung:so-nong-nghiep-moi-truong',
    investmentForm: 'SYSTEM_INVESTMENT',
    workType: 'BUILD',
    decidedOn: null,
    operations: [],
    components: [
      {
        name: 'Mạng cảm biến đo mực nước, lượng mưa',
        description: 'Lắp trạm đo tự động tại điểm ngập',
        layer: 1,
      },
      {
        name: 'Dự báo, cảnh báo ngập',
        description: 'Mô hình dự báo độ sâu ngập và nhắn tin cảnh báo',
        layer: 3,
      },
    ],
    answers: [
      { field: 'operator', value: 'urn:khung:tt-cds' },
      { field: 'hosting', value: 'CITY_DATA_CENTRE' },
      { field: 'sharesDataAcrossAgencies', value: true },
      { field: 'exchangeChannels', value: ['LGSP'] },
      { field: 'flowsComplete', value: true },
      { field: 'securityLevelProposed', value: 3 },
      {
        field: 'leaseComparison',
        value: 'Phương án thuê và phương án đầu tư được so sánh trong thuyết minh của dự án.',
      },
    ],
  },
};
