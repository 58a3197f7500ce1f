import type { Role } from '../contract/index.ts';
import { demoFacilityId } from './facilities.ts';
import { demoFacilities, mainPeople } from './network.ts';

export interface DemoPerson {
  login: string;
  name: string;
  title: string;
  role: Role;
  specialty: string | null;
  facilityId: string;
  /** One of the tour, whom the sign-in page offers first. */
  isMain: boolean;
}

type Line = [login: string, name: string, title: string, role: Role, specialty: string | null, facility: number];

/**
 * The others of the network. Every name is invented, and among them are all kinds that forms and lists have to bear: of one given
 * character, very long, with a middle dot, with rare characters and those outside Unicode's first plane, Mongolian and Uyghur ones.
 */
const LINES: readonly Line[] = [
  ['gu.changqing', '顾长青', '主任医师', 'specialist', '放射科', 2],
  ['ding.yi', '丁一', '主任医师', 'specialist', '呼吸与危重症医学科', 2],
  ['bateer', '巴特尔', '主任医师', 'specialist', '胸外科', 2],
  ['he.jianguo', '贺建国', '副主任医师', 'specialist', '胸外科', 2],
  ['wuyunqimuge', '乌云其木格', '主任医师', 'specialist', '心血管内科', 2],
  ['ouyang.ming', '欧阳明', '副主任医师', 'specialist', '心血管内科', 2],
  ['zhang.jixiang', '张𠮷祥', '主任医师', 'specialist', '病理科', 2],
  ['ma.li', '马丽', '副主任医师', 'specialist', '病理科', 2],
  ['aikebaier', '艾克拜尔·吐尔逊', '主任医师', 'specialist', '神经外科', 2],
  ['lu.zhiyuan', '陆志远', '副主任医师', 'specialist', '神经外科', 2],
  ['xue.mei', '薛梅', '医务部主任', 'facility-admin', null, 2],
  ['tian.hong', '田红', '会诊中心协调员', 'coordinator', null, 2],
  ['cui.yong', '崔勇', '住院医师', 'trainee', '放射科', 2],
  ['gong.shen', '宫慎', '内审专员', 'auditor', null, 2],
  ['fang.weimin', '方卫民', '主任医师', 'specialist', '放射科', 11],
  ['shen.xi', '沈㐂', '主治医师', 'specialist', '放射科', 11],
  ['jin.shunji', '金顺姬', '副主任医师', 'specialist', '心血管内科', 11],
  ['pan.haitao', '潘海涛', '主治医师', 'specialist', '心血管内科', 11],
  ['yu.bin', '于斌', '主任医师', 'specialist', '神经内科', 11],
  ['cao.xiuying', '曹秀英', '副主任医师', 'specialist', '神经内科', 11],
  ['wei.dong', '魏东', '信息科科长', 'facility-admin', null, 11],
  ['jiang.lan', '蒋兰', '远程医疗协调员', 'coordinator', null, 11],
  ['nasenbayaer', '那森巴雅尔', '主任医师', 'specialist', '放射科', 12],
  ['du.xue', '杜雪', '主治医师', 'specialist', '放射科', 12],
  ['buayixiemu', '布阿依谢姆·阿卜杜热合曼', '主任医师', 'specialist', '心血管内科', 12],
  ['han.lei', '韩磊', '副主任医师', 'specialist', '心血管内科', 12],
  ['xiao.yuqing', '萧雨晴', '副主任医师', 'specialist', '神经内科', 12],
  ['tan.wenbo', '谭文博', '主治医师', 'specialist', '神经内科', 12],
  ['lin.jing', '林静', '医务科科长', 'facility-admin', null, 12],
  ['su.he', '苏和', '远程医疗协调员', 'coordinator', null, 12],
  ['luo.yonggang', '罗永刚', '副主任医师', 'physician', '外科', 1],
  ['zou.guihua', '邹桂花', '信息科科长', 'facility-admin', null, 1],
  ['liang.shan', '梁山', '主治医师', 'physician', '内科', 21],
  ['bai.xiaoyan', '白晓燕', '主治医师', 'specialist', '医学影像科', 21],
  ['qiao.yu', '乔宇', '副主任医师', 'specialist', '医学影像科', 21],
  ['shi.yumei', '石玉梅', '远程医疗协调员', 'coordinator', null, 21],
  ['kang.ning', '康宁', '办公室主任', 'facility-admin', null, 21],
  ['yin.chunsheng', '尹春生', '副主任中医师', 'physician', '内科', 22],
  ['huang.rui', '黄蕊', '信息科科员', 'facility-admin', null, 22],
  ['dai.qinna', '戴钦娜', '主治医师', 'physician', '内科', 23],
  ['xia.zhiqiang', '夏志强', '远程医疗协调员', 'coordinator', null, 23],
  ['ren.jun', '任军', '信息科科长', 'facility-admin', null, 23],
  ['dilinuer', '迪丽努尔·买买提', '主治医师', 'physician', '外科', 24],
  ['mao.lihua', '毛丽华', '办公室主任', 'facility-admin', null, 24],
  ['chaolu', '朝鲁', '主治医师', 'physician', '内科', 25],
  ['hao.jianwei', '郝建伟', '全科医师', 'physician', '全科', 31],
  ['long.tao', '龙涛', '全科医师', 'physician', '全科', 32],
  ['wan.chunhua', '万春花', '全科医师', 'physician', '全科', 33],
  ['duan.hongyan', '段红艳', '全科医师', 'physician', '全科', 34],
  ['qin.yang', '秦阳', '全科医师', 'physician', '全科', 36],
  ['lei.xiaoming', '雷晓明', '全科医师', 'physician', '全科', 37],
  ['gaowa', '高娃', '乡村医生', 'physician', '全科', 42],
];

/** Everybody, the main characters first. */
export const demoPeople: readonly DemoPerson[] = [
  ...mainPeople.map(({ facility, ...person }) => ({
    ...person,
    facilityId: demoFacilities[facility].facilityId,
    isMain: true,
  })),
  ...LINES.map(([login, name, title, role, specialty, facility]) => ({
    login,
    name,
    title,
    role,
    specialty,
    facilityId: demoFacilityId(facility),
    isMain: false,
  })),
];
